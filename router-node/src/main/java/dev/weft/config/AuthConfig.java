package dev.weft.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may join a realm. */
public record AuthConfig(
        @Key(
                doc =
                        "How clients may authenticate, what is preferred first. The first that a client offers and can use"
                                + " decides; when it fails, no other is tried. `anonymous` lets anyone in who can connect.",
                required = true,
                example = "[anonymous]")
        List<AuthMethod> methods,

        @Key(
                doc = "The `authrole` of anonymous sessions.",
                value = "anonymous",
                pattern = "\\S{1,64}",
                patternSays = "1 to 64 characters without spaces")
        String anonymousRole,

        @Key(
                doc =
                        "The `authid` of anonymous sessions: `assigned` draws one, `chosen` takes what the client says, which"
                                + " may be anybody's.",
                value = "assigned")
        AnonymousAuthid anonymousAuthid,

        @Key(
                doc = "The files with the principals of the realm: see [authentication](authentication.md). A file that"
                        + " changes is read again; one that is wrong is reported, and what was read before stays.",
                value = "[]",
                example = "[/etc/weft/principals.yaml]")
        List<Path> principals,

        @Key(doc = "How long a client may take to answer a challenge.", value = "10s", min = "100ms", max = "10m")
        Duration challengeTimeout,

        @Key(
                doc =
                        "Whether tickets are also taken over connections from other machines that are not encrypted, where"
                                + " anyone on the way can read them.",
                value = "false")
        boolean plaintextTickets,

        @Key(doc = "A procedure that says who clients are.", unset = "there is none") @Nullable
        DynamicAuthConfig dynamic,

        @Key(
                doc =
                        "For `tls`: every certificate that the listener accepts is let in, by this rule, if no principal names"
                                + " it.",
                unset = "only certificates that principals name")
        @Nullable
        CertificateAuthConfig certificates,

        @Key(doc = "For `jwt`: whose tokens are good.", unset = "required with `jwt`") @Nullable
        JwtConfig jwt) {

    public AuthConfig {
        methods = List.copyOf(methods);
        principals = List.copyOf(principals);
    }
}
