package dev.weft.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the node says farewell to its clients. */
public record DrainConfig(
        @Key(
                doc =
                        "How long a node that is told to stop still serves everybody, while it says already that it is not"
                                + " ready: the time that load balancers need to notice.",
                value = "0s",
                max = "10m")
        Duration readinessDelay,

        @Key(
                doc =
                        "How long clients of a node that stops may take to answer the calls that they have. Those that have"
                                + " not answered then are closed all the same.",
                value = "20s",
                max = "1h")
        Duration timeout,

        @Key(
                doc =
                        "The time over which a node that stops closes its clients, in random order, so that they do not all"
                                + " reconnect at once.",
                unset = "2s, and longer with more than 400 clients: 200 of them are closed in a second",
                example = "30s",
                max = "1h")
        @Nullable
        Duration spread,

        @Key(
                doc =
                        "Whether a node that stops says GOODBYE `wamp.close.system_shutdown` to its sessions and waits for the"
                                + " answer. Without, WebSockets are closed with code 1012 alone: some clients, Autobahn|JS among"
                                + " them, never reconnect after a GOODBYE.",
                value = "false")
        boolean goodbye) {}
