package dev.weft.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON Web Tokens of one issuer. */
public record JwtConfig(
        @Key(doc = "The claim `iss`, to the letter.", required = true, example = "https://login.example.com/")
        String issuer,

        @Key(doc = "One of these has to be in the claim `aud`.", required = true, example = "[weft]")
        List<String> audience,

        @Key(doc = "How tokens may be signed.", value = "[rs256, es256]")
        List<JwtAlgorithm> algorithms,

        @Key(
                doc = "The file with the issuer's public keys, a JSON Web Key Set. Read again when it changes.",
                unset = "either this or `keys-url`")
        @Nullable
        Path keysFile,

        @Key(
                doc =
                        "Where the key set is fetched: `https`, or `http` on this machine. Kept for `keys-cached`; fetched again, not"
                                + " more often than every 10 seconds, when a token names a key that is not in it; used on while it cannot be"
                                + " fetched, for an hour.",
                unset = "either this or `keys-file`",
                pattern = "https://\\S+|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])[:/]\\S*",
                patternSays = "an https URL, or an http URL of this machine")
        String keysUrl,

        @Key(doc = "How long a key set that was fetched is used.", value = "5m", min = "15s", max = "1d")
        Duration keysCached,

        @Key(doc = "The claim that is the `authid`.", value = "sub")
        String authidClaim,

        @Key(
                doc = "The claim that is the `authrole`: a text, or a list of which the first known one is taken.",
                value = "role")
        String roleClaim,

        @Key(
                doc = "The roles that a token may give.",
                required = true,
                example = "[user]",
                pattern = "\\S{1,64}",
                patternSays = "1 to 64 characters without spaces")
        List<String> roles,

        @Key(doc = "The `authrole` where the token has no such claim.", unset = "refused")
        String defaultRole,

        @Key(
                doc = "The claim that has to be the URI of the realm.",
                unset = "a token is good for every realm that takes it")
        String realmClaim,

        @Key(doc = "By how much clocks may differ.", value = "30s", min = "0s", max = "10m")
        Duration leeway,

        @Key(
                doc =
                        "Whether a session ends (`token-expired`) when its token is not good any more, `leeway` after its `exp`. If not, it"
                                + " outlives its token.",
                value = "true")
        boolean endAtExpiry) {

    public JwtConfig {
        audience = List.copyOf(audience);
        algorithms = List.copyOf(algorithms);
        roles = List.copyOf(roles);
    }
}
