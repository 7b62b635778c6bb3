package dev.weft.transport.http;

import dev.weft.transport.ListenerOptions;
import java.time.Duration;

/**
 * An HTTP listener, with every value resolved.
 *
 * @param listener its address, TLS, origins, trust and limits; the paths of WebSockets and the serializers play no part
 * @param callTimeout how long a call may take that names no shorter time; whole milliseconds, at least one
 * @param heartbeatInterval how often a stream of events without any says that it is still there
 */
public record HttpOptions(ListenerOptions listener, Duration callTimeout, Duration heartbeatInterval) {}
