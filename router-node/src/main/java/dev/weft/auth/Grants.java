package dev.weft.auth;

import dev.weft.config.AuthMethod;
import java.util.Map;

/** What a principal that has proved itself gets. */
final class Grants {
    private Grants() {}

    static AuthStep.Granted to(Principal principal, AuthMethod method, Map<String, Object> extra) {
        return new AuthStep.Granted(principal.authid(), principal.role(), method, principal.provider(), extra);
    }

    /** Whether the principal is there now, with the role and the secrets of which this is the digest. */
    static boolean stands(Principals principals, String authid, String digest) {
        Principal now = principals.find(authid);
        return now.real() && now.digest().equals(digest);
    }
}
