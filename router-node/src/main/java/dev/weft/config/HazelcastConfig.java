package dev.weft.config;

/**
 * The Hazelcast member inside this node.
 *
 * @param address where it listens and where the other members reach it
 */
public record HazelcastConfig(
        @Key(
                doc =
                        "Where Hazelcast listens, as host:port; the other nodes must be able to reach it there. It has neither"
                                + " encryption nor passwords: keep the port within a network that you trust.",
                value = "127.0.0.1:5701")
        HostPort address) {}
