package dev.weft.auth;

import dev.weft.directory.CookieLogin;
import dev.weft.transport.PeerCookie;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Which logins in one realm browsers are known by. Thread-safe. */
final class RealmCookies {
    private final String realm;
    private final Principals principals;
    private final CookieLogins logins;
    private final InstantSource clock;

    RealmCookies(String realm, Principals principals, CookieLogins logins, InstantSource clock) {
        this.realm = realm;
        this.principals = principals;
        this.logins = logins;
        this.clock = clock;
        logins.realm(realm, this::stands);
    }

    /** Whether the principal is still there, with its role and with what proved it. */
    private boolean stands(CookieLogin login) {
        return Grants.stands(principals, login.authid(), login.proof());
    }

    CookieLogins logins() {
        return logins;
    }

    /** For whom the cookie of a connection stood when it was opened, if it was in this realm; otherwise null. */
    @Nullable
    CookieLogin shown(AuthRequest request) {
        PeerCookie cookie = request.peer().cookie();
        CookieLogin login = cookie == null ? null : cookie.login();
        return login != null && login.realm().equals(realm) ? login : null;
    }

    /**
     * The client has proved to be a principal. A cookie that it was given with this connection stands for that from now on.
     * One that it had before never does: somebody else may have given it to the browser, to use it afterwards.
     */
    CompletionStage<AuthStep> remember(AuthRequest request, AuthStep.Granted granted) {
        PeerCookie cookie = request.peer().cookie();
        String proof = granted.proof();
        if (cookie == null || proof == null) {
            return CompletableFuture.completedStage(granted);
        }
        if (cookie.login() != null) {
            CookieLogin before = shown(request);
            if (before != null && !before.authid().equals(granted.authid())) {
                logins.forget(cookie.digest());
            }
            return CompletableFuture.completedStage(granted);
        }
        return logins.bind(cookie.digest(), login(cookie, granted, proof))
                .thenApply(bound -> bound ? granted.by(cookie.digest()) : granted);
    }

    private CookieLogin login(PeerCookie cookie, AuthStep.Granted granted, String proof) {
        long now = clock.millis();
        return new CookieLogin(
                realm,
                granted.authid(),
                granted.role(),
                granted.provider(),
                proof,
                cookie.maxIdle().toMillis(),
                now + cookie.maxIdle().toMillis(),
                now + cookie.maxAge().toMillis());
    }
}
