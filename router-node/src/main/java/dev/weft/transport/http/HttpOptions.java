package dev.weft.transport.http;

import dev.weft.transport.ListenerOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP listener, with every value resolved.
 *
 * @param listener its address, TLS, origins, trust and limits; the paths of WebSockets play no part
 * @param callTimeout how long a call may take that names no shorter time; whole milliseconds, at least one
 * @param heartbeatInterval how often a stream of events without any says that it is still there
 * @param longpoll null if no long-poll transports are opened here
 */
public record HttpOptions(
        ListenerOptions listener,
        Duration callTimeout,
        Duration heartbeatInterval,
        @Nullable LongPollOptions longpoll) {}
