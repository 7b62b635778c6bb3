package dev.weft.auth;

import dev.weft.config.AuthMethod;
import dev.weft.directory.CookieLogin;
import dev.weft.transport.PeerCookie;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The client is a browser whose user has logged in before, and has the cookie that it was given then. */
final class CookieAuth implements Authenticator {
    private final RealmCookies cookies;

    CookieAuth(RealmCookies cookies) {
        this.cookies = cookies;
    }

    @Override
    public AuthMethod method() {
        return AuthMethod.COOKIE;
    }

    @Override
    public boolean isPossible(AuthRequest request) {
        CookieLogin shown = cookies.shown(request);
        return shown != null && (request.authid() == null || request.authid().equals(shown.authid()));
    }

    /** What was true when the connection was opened may not be any more. */
    @Override
    public CompletionStage<AuthStep> begin(AuthRequest request) {
        PeerCookie cookie = Objects.requireNonNull(request.peer().cookie());
        CookieLogin shown = Objects.requireNonNull(cookies.shown(request));
        return cookies.logins().find(cookie.digest()).thenApply(found -> outcome(cookie.digest(), shown, found));
    }

    private AuthStep outcome(String cookie, CookieLogin shown, Optional<CookieLogin> found) {
        CookieLogin login = found.orElse(null);
        if (login == null
                || !login.realm().equals(shown.realm())
                || !login.authid().equals(shown.authid())) {
            return AuthStep.Refused.DENIED;
        }
        cookies.logins().used(cookie, login);
        return new AuthStep.Granted(login.authid(), login.role(), AuthMethod.COOKIE, login.provider(), Map.of())
                .by(cookie);
    }
}
