package dev.weft.config;

import java.time.Duration;

/**
 * The Hazelcast member inside this node.
 *
 * @param address where it listens and where the other members reach it
 */
public record HazelcastConfig(
        @Key(
                doc =
                        "Where Hazelcast listens, as host:port; the other nodes must be able to reach it there. Only members"
                                + " that prove `cluster.key` are let in; keep the port within a network that you trust all the same.",
                value = "127.0.0.1:5701")
        HostPort address,

        @Key(
                doc = "How often members send a heartbeat to each other. Whole seconds.",
                value = "1s",
                min = "1s",
                max = "1m")
        Duration heartbeatInterval,

        @Key(
                doc = "A member that was not heard for this long is none any more. Whole seconds, and at least twice"
                        + " `heartbeat-interval`.",
                value = "4s",
                min = "2s",
                max = "10m")
        Duration heartbeatTimeout,

        @Key(
                doc = "How often the two sides of a split look whether they can reach each other again, to become one."
                        + " Whole seconds.",
                value = "3s",
                min = "1s",
                max = "10m")
        Duration mergeDelay,

        @Key(
                doc =
                        "How often each node compares what it holds with what Hazelcast has stored of it. What differs is mended"
                                + " if `cluster.audit-repair` says so. With many entries it is done less often: it takes a twentieth of the time at"
                                + " most.",
                value = "60s",
                min = "100ms",
                max = "1d")
        Duration auditInterval) {}
