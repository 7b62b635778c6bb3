package dev.weft.config;

import java.time.Duration;

/** What an `http` listener does for who publishes, calls and subscribes by plain HTTP. */
public record HttpBridgeConfig(
        @Key(
                doc =
                        "How long a call may take whose options name no shorter `timeout`; then the callee is interrupted and"
                                + " the client is answered with 504.",
                value = "30s",
                min = "100ms",
                max = "1h")
        Duration callTimeout,

        @Key(
                doc = "How often a stream of events says that it is still there when there are none.",
                value = "15s",
                min = "100ms",
                max = "1h")
        Duration heartbeatInterval) {

    /** What the default configuration says of every listener, of whatever type. */
    static final HttpBridgeConfig DEFAULT = new HttpBridgeConfig(Duration.ofSeconds(30), Duration.ofSeconds(15));
}
