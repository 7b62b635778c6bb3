package dev.weft.admin;

import io.vertx.core.MultiMap;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are to be recorded.
 *
 * @param session the only one; null for every one
 * @param uri that a message has to name, or the beginning of it before a {@code *}; null for every message
 * @param time for how long; a second at least
 * @param most how many messages; one at least
 * @param payloads whether the beginnings of payloads are recorded
 */
public record TraceRequest(@Nullable Long session, @Nullable String uri, Duration time, int most, boolean payloads) {
    private static final int DEFAULT_SECONDS = 30;
    private static final int MAX_SECONDS = 600;
    private static final int DEFAULT_MOST = 1000;
    private static final int MAX_MOST = 10_000;

    static TraceRequest of(MultiMap parameters) throws PageRequest.Wrong {
        String session = parameters.get("session");
        String uri = parameters.get("uri");
        if ((session == null) == (uri == null)) {
            throw new PageRequest.Wrong("a trace is of one session or of one uri");
        }
        if (session != null && !session.matches("[0-9]{1,16}")) {
            throw new PageRequest.Wrong("session is a number, not '" + session + "'");
        }
        return new TraceRequest(
                session == null ? null : Long.valueOf(session),
                uri,
                Duration.ofSeconds(PageRequest.number(parameters, "seconds", DEFAULT_SECONDS, 1, MAX_SECONDS)),
                PageRequest.number(parameters, "most", DEFAULT_MOST, 1, MAX_MOST),
                "true".equals(parameters.get("payloads")));
    }

    /** In words. */
    public String says() {
        return session != null ? "session " + session : "uri " + uri;
    }
}
