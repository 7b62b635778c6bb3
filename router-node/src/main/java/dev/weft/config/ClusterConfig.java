package dev.weft.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How this node finds the others and talks to them. */
public record ClusterConfig(
        @Key(
                doc = "Whether this node is part of a cluster. If not, the other keys here are checked but not used.",
                value = "false")
        boolean enabled,

        @Key(
                doc = "The name of the cluster. Nodes with different names never join each other.",
                value = "weft",
                pattern = "[A-Za-z0-9._-]{1,64}",
                patternSays = "1 to 64 letters, digits, dots, dashes or underscores")
        String name,

        @Key(
                doc =
                        "What all nodes of the cluster know and nobody else, at least 16 characters; `weft keygen cluster` makes"
                                + " one. Members prove it to each other before Hazelcast says anything, and what it sends is"
                                + " encrypted with keys made of it; so are values with payload in its tables. Links use a secret"
                                + " derived of it.",
                unset = "`link.secret` is used instead; one of the two is required if the cluster is enabled",
                pattern = ".{16,1024}",
                patternSays = "16 to 1024 characters")
        @Nullable
        Secret key,

        @Key(
                doc =
                        "Keys that are accepted from other nodes besides, while `key` is being changed: see docs/security.md."
                                + " Set `authentication.secret` before.",
                value = "[]",
                example = "[{key-file: /etc/weft/cluster-key.old}]")
        List<PreviousKeyConfig> previousKeys,

        @Key(doc = "How the other nodes are found.", unset = "required if the cluster is enabled") @Nullable
        DiscoveryConfig discovery,

        @Key(doc = "Membership and shared tables.") HazelcastConfig hazelcast,

        @Key(doc = "The connections between nodes, which carry events, calls and results.")
        LinkConfig link,

        @Key(
                doc = "While fewer nodes than this are live in the eyes of this one, itself included, it refuses"
                        + " new registrations. More than half of the nodes: then only one side of a split grants any.",
                value = "1",
                min = "1",
                max = "64")
        int minimumSize,

        @Key(
                doc = "How long a starting node may take to join and to load the tables; then the start fails.",
                value = "60s",
                min = "1s",
                max = "1h")
        Duration joinTimeout,

        @Key(
                doc =
                        "How often each node tells the others digests of what it holds, so that a difference to what they know"
                                + " of it is found. With many entries they are compared less often: that takes a twentieth of one processor at most.",
                value = "10s",
                min = "100ms",
                max = "1d")
        Duration auditInterval,

        @Key(
                doc = "Whether a difference that is found is mended at once. If not, it is logged and counted only;"
                        + " `weft cluster verify --repair` mends it.",
                value = "true")
        boolean auditRepair) {

    public ClusterConfig {
        previousKeys = List.copyOf(previousKeys);
    }
}
