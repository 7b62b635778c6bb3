package dev.weft.auth;

import dev.weft.config.AuthMethod;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the principals of a realm come from. Each method has one source: the authenticator where it is said to decide it, the
 * files otherwise; so that how long it takes does not tell which source has a name.
 */
final class PrincipalSource {
    private final Principals files;
    private final @Nullable DynamicPrincipals authenticator;

    PrincipalSource(Principals files, @Nullable DynamicPrincipals authenticator) {
        this.files = files;
        this.authenticator = authenticator;
    }

    Principals files() {
        return files;
    }

    /** The authenticator, if it decides this method. */
    @Nullable
    DynamicPrincipals decider(AuthMethod method) {
        return authenticator != null && authenticator.decides(method) ? authenticator : null;
    }

    /**
     * Whether a client with this name can use the method.
     *
     * @param has whether a principal has what the method needs
     */
    boolean mayUse(AuthMethod method, @Nullable String authid, Predicate<Principal> has) {
        return authid != null && (decider(method) != null || has.test(files.find(authid)));
    }

    /**
     * What a client gets that has proved to be a principal. One of the files may have changed since the challenge was made, or be
     * gone: then what was proved is not true any more.
     */
    AuthStep grant(Principal principal, AuthMethod method, Map<String, Object> extra) {
        if (!principal.provider().equals(Principal.STATIC)) {
            return Grants.to(principal, method, extra);
        }
        String proved = principal.digest();
        return Grants.stands(files, principal.authid(), proved)
                ? Grants.to(principal, method, extra).provedBy(proved)
                : AuthStep.Refused.DENIED;
    }

    /** The principal that the client says it is, or one made up. */
    CompletionStage<Principal> find(AuthMethod method, AuthRequest request) {
        DynamicPrincipals asked = decider(method);
        return asked == null
                ? CompletableFuture.completedStage(files.find(String.valueOf(request.authid())))
                : asked.find(method, request);
    }
}
