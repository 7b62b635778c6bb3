package dev.weft.admin;

import dev.weft.config.HostPort;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/** Which requests are not looked at. Whoever may ask at all is decided here and by {@link AdminAccess}, and nowhere else. */
final class RequestGuard {
    private final AdminAccess access;

    RequestGuard(AdminAccess access) {
        this.access = access;
    }

    /** Why the request is refused, or null. */
    @Nullable
    Answer refusal(HttpServerRequest request) {
        Answer fromBrowser = fromBrowser(request);
        if (fromBrowser != null) {
            return fromBrowser;
        }
        return access.mayAsk(request)
                ? withBody(request)
                : Answer.error(Answer.UNAUTHORIZED, "a bearer token is needed: admin.token");
    }

    /** A browser names the page that makes it send a request, and the host that it believes to be talking to. */
    private @Nullable Answer fromBrowser(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.ORIGIN)) {
            return Answer.error(Answer.FORBIDDEN, "not for web pages");
        }
        // Programs that are no browsers may leave it out; what cannot be read names no host of this machine.
        String named = request.getHeader(HttpHeaders.HOST);
        if (access.isOpen() && named != null && !isThisMachine(request.authority())) {
            return Answer.error(Answer.FORBIDDEN, "not for requests to " + named);
        }
        return null;
    }

    private static boolean isThisMachine(@Nullable HostAndPort host) {
        return host != null && new HostPort(host.host().replace("[", "").replace("]", ""), 0).isLoopback();
    }

    private static @Nullable Answer withBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean hasBody =
                request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
        return hasBody ? Answer.error(Answer.TOO_LARGE, "requests have no body here") : null;
    }
}
