package dev.weft.config;

/**
 * Who this node is, and how many threads serve its clients.
 *
 * @param name the name in logs and in lists of members
 * @param eventLoops 0 for half as many as Java sees processors: see {@link #eventLoopCount}
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
                        "How many event loops, which are threads, serve clients and links. `0` is one for each two processors that"
                                + " Java sees; the others are left to the kernel, the collector and Hazelcast (docs/operations.md).",
                value = "0",
                max = "128")
        int eventLoops) {
    /**
     * How many event loops to start. By default half the processors: a few busy loops read and write more at a time than
     * many half idle ones, and the kernel's part of the network, the collector and Hazelcast run beside them.
     *
     * @param processors that Java sees, at least 1
     */
    public int eventLoopCount(int processors) {
        return eventLoops > 0 ? eventLoops : Math.max(1, processors / 2);
    }
}
