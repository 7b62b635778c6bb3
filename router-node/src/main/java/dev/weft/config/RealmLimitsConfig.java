package dev.weft.config;

/** What all sessions of a realm together may use on one node, so that one realm leaves room for the others. */
public record RealmLimitsConfig(
        @Key(
                doc = "How many sessions the realm may have on this node. One more is refused with"
                        + " `weft.error.limit_exceeded`. `0` means `limits.max-sessions-per-realm`.",
                value = "0",
                min = "0",
                max = "10000000")
        int maxSessions,

        @Key(
                doc =
                        "How many subscriptions the sessions of the realm may hold on this node together, once for each session."
                                + " SUBSCRIBE for one more is refused with `weft.error.limit_exceeded`. `0` means any number.",
                value = "0",
                min = "0",
                max = "100000000")
        int maxSubscriptions,

        @Key(
                doc =
                        "How many registrations the sessions of the realm may hold on this node together. REGISTER for one more"
                                + " is refused with `weft.error.limit_exceeded`. `0` means any number.",
                value = "0",
                min = "0",
                max = "100000000")
        int maxRegistrations,

        @Key(
                doc =
                        "How many messages a second the sessions of the realm may send on this node together; as many may come"
                                + " at once. A session that sends more is not read from until that is made up for. `0` means any"
                                + " number.",
                value = "0",
                min = "0",
                max = "100000000")
        int maxMessageRate) {

    /** Where 0 means any number. */
    public static int atMost(int limit) {
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }
}
