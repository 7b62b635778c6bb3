package dev.weft.config;

import java.time.Duration;

/** What an `http` listener does for clients of the long-poll transport of WAMP. */
public record LongpollConfig(
        @Key(
                doc = "Where transports are opened and asked: `<path>/open`, `<path>/<transport>/receive` and so on.",
                value = "/lp",
                pattern = "(/[^\\s?#/]+)+",
                patternSays = "a path that begins with / and does not end with one")
        String path,

        @Key(
                doc =
                        "How long a `receive` waits for a message before it is answered with 204. It has to be shorter than what proxies"
                                + " and clients wait for: Autobahn|JS gives up after 12 seconds.",
                value = "10s",
                min = "100ms",
                max = "1h")
        Duration receiveTimeout,

        @Key(
                doc =
                        "A transport is closed (`poll-timeout`) when no `receive` came for this long after the last one was answered.",
                value = "30s",
                min = "100ms",
                max = "1h")
        Duration idleTimeout,

        @Key(
                doc =
                        "The status with which `send` and `close` are answered: `204` is what Autobahn|JS and Crossbar.io mean by success,"
                                + " `202` what the specification says; Autobahn|JS takes `202` for a failure.",
                value = "204",
                pattern = "202|204",
                patternSays = "202 or 204")
        String successStatus) {}
