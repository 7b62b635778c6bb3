package dev.weft.node.status;

/**
 * A realm as it is listed.
 *
 * @param configured whether clients may join it here; tables are there for realms of other nodes, too
 * @param sessions of this node
 * @param sessionsInCluster of all nodes
 * @param subscriptions topics and patterns with a subscriber anywhere
 * @param registrations procedures and patterns with a callee anywhere
 * @param published since the start, by clients of this node
 * @param delivered events since the start, to clients of this node
 * @param called since the start, by clients of this node
 */
public record RealmRow(
        String realm,
        boolean configured,
        long sessions,
        long sessionsInCluster,
        long subscriptions,
        long registrations,
        long callsInFlight,
        long invocationsPending,
        long published,
        long delivered,
        long called) {}
