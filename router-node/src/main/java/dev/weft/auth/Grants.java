package dev.weft.auth;

import dev.weft.config.AuthMethod;
import java.util.Map;

/** What a principal that has proved itself gets. */
final class Grants {
    private Grants() {}

    static AuthStep to(Principal principal, AuthMethod method, Map<String, Object> extra) {
        return new AuthStep.Granted(principal.authid(), principal.role(), method, principal.provider(), extra);
    }
}
