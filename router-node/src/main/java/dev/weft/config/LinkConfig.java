package dev.weft.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The connections between nodes. */
public record LinkConfig(
        @Key(
                doc = "Where this node listens for links from the others, as host:port. Port 0 takes any free one.",
                value = "127.0.0.1:7946")
        HostPort address,

        @Key(
                doc = "The address that the other nodes are told to connect to, if it is not the one above.",
                unset = "`address`, as it was bound",
                example = "weft-0.weft-headless:7946")
        @Nullable
        HostPort advertisedAddress,

        @Key(
                doc =
                        "What both ends of a link prove that they know, at least 16 characters, where that is not to be derived"
                                + " of `cluster.key`.",
                unset = "derived of `cluster.key`",
                pattern = ".{16,1024}",
                patternSays = "16 to 1024 characters")
        @Nullable
        Secret secret,

        @Key(
                doc = "Encrypts links. Both ends show a certificate that `ca` has signed and that names the node or the"
                        + " cluster; with `secret`, both are asked for.",
                unset = "no TLS")
        @Nullable
        LinkTlsConfig tls,

        @Key(doc = "How often a heartbeat is sent over a link.", value = "1s", min = "50ms", max = "1m")
        Duration heartbeatInterval,

        @Key(
                doc = "A link over which nothing came for this long is down. Must be at least twice"
                        + " `heartbeat-interval`.",
                value = "4s",
                min = "100ms",
                max = "10m")
        Duration heartbeatTimeout,

        @Key(
                doc = "How long a link whose connection was lost waits for the next one. If that comes in time, nothing"
                        + " is lost; if not, the link is down. `0s` for not at all.",
                value = "2s",
                min = "0s",
                max = "1m")
        Duration resumeGrace,

        @Key(
                doc = "How long a node is called, and let in, that is no member of the cluster any more and does not"
                        + " answer.",
                value = "1h",
                min = "1s",
                max = "7d")
        Duration forgetAfter,

        @Key(
                doc = "How long another node may acknowledge nothing while a client waits for it to know of a"
                        + " subscription or registration. Then the link to it is taken down and the client answered.",
                value = "2s",
                min = "100ms",
                max = "1m")
        Duration ackTimeout,

        @Key(
                doc =
                        "How much may wait to be sent to one other node. Beyond that the link is taken down, and the calls in"
                                + " flight over it end with an error.",
                value = "64MiB",
                min = "1MiB",
                max = "4GiB")
        DataSize maxQueue,

        @Key(
                doc =
                        "How much is kept, for each other node, of what was sent and not acknowledged yet, to send it again"
                                + " over another connection. When it is used up nothing further is sent until an"
                                + " acknowledgement comes.",
                value = "8MiB",
                min = "1MiB",
                max = "1GiB")
        DataSize replayWindow) {}
