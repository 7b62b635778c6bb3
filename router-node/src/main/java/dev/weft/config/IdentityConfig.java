package dev.weft.config;

/**
 * Who this node is, and how many threads serve its clients.
 *
 * @param name the name in logs and in lists of members
 * @param eventLoops 0 for as many as Java sees processors
 */
public record IdentityConfig(
        @Key(
                doc = "The name of this node in logs and in lists of members. Give each node of a cluster another one.",
                value = "weft",
                pattern = "[A-Za-z0-9._-]{1,64}",
                patternSays = "1 to 64 letters, digits, dots, dashes or underscores")
        String name,

        @Key(
                doc =
                        "How many event loops, which are threads, serve clients and links. `0` is one for each processor that Java"
                                + " sees. Where clients, load balancers or other nodes share the machine, half of that costs less for each"
                                + " message (docs/operations.md).",
                value = "0",
                max = "128")
        int eventLoops) {}
