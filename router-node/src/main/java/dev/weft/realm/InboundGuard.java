package dev.weft.realm;

import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampUri;
import org.jspecify.annotations.Nullable;

/** Checks the URIs of requests. Answers in words for the client what is wrong, or null. */
final class InboundGuard {
    private final boolean strict;

    InboundGuard(boolean strict) {
        this.strict = strict;
    }

    /** A topic to publish to, or a procedure to register by {@code match}: not in the router's own namespace. */
    @Nullable
    String faultOfOwn(String uri, MatchPolicy match) {
        String fault = fault(uri, match);
        if (fault == null && WampUri.isReserved(uri)) {
            return "URIs that begin with wamp or weft are the router's own: " + uri;
        }
        return fault;
    }

    /** A procedure to call, or a topic to subscribe to by {@code match}. */
    @Nullable
    String fault(String uri, MatchPolicy match) {
        return WampUri.isValid(uri, strict, match)
                ? null
                : "no valid URI for match policy " + match.text() + ": " + uri;
    }
}
