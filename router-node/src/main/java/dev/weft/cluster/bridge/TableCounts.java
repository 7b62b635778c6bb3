package dev.weft.cluster.bridge;

import dev.weft.cluster.link.PeerLink;
import dev.weft.lane.Lane;
import dev.weft.link.NodeId;
import dev.weft.meta.SessionEntry;
import dev.weft.realm.RealmRegistry;
import dev.weft.realm.RealmTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much this node knows of each node in each realm. */
public final class TableCounts {
    /**
     * What one node holds in one realm.
     *
     * @param subscriptions topics and patterns of which it has subscribers
     * @param registrations callees; one session counts once for each registration it is part of
     * @param sessions that it has
     */
    public record Count(String realm, String node, long subscriptions, long registrations, long sessions) {}

    private static final class Tally {
        private long subscriptions;
        private long registrations;
        private long sessions;
    }

    private final NodeId self;
    private final RealmRegistry realms;

    public TableCounts(NodeId self, RealmRegistry realms) {
        this.self = self;
        this.realms = realms;
    }

    /** Goes through all tables: not to be called on an event loop. In the order of realms and nodes. */
    public List<Count> count() {
        Map<String, Map<NodeId, Tally>> tallies = new TreeMap<>();
        realms.forEach((realm, tables) -> tallies.put(realm, count(tables)));
        List<Count> counts = new ArrayList<>();
        tallies.forEach((realm, nodes) -> nodes.forEach((node, tally) ->
                counts.add(new Count(realm, node.name(), tally.subscriptions, tally.registrations, tally.sessions))));
        return counts;
    }

    private Map<NodeId, Tally> count(RealmTables tables) {
        Map<NodeId, Tally> nodes = new TreeMap<>();
        nodes.put(self, new Tally());
        long[] lastOwn = {0};
        tables.subscriptions().forEach((match, topic, subscription, lane) -> {
            NodeId node = node(lane);
            // Several event loops of this node are one holder.
            if (!node.equals(self) || subscription != lastOwn[0]) {
                nodes.computeIfAbsent(node, same -> new Tally()).subscriptions++;
            }
            lastOwn[0] = node.equals(self) ? subscription : lastOwn[0];
        });
        for (SessionEntry session : tables.sessions().all()) {
            nodes.computeIfAbsent(node(session.lane()), same -> new Tally()).sessions++;
        }
        tables.registrations()
                .forEach((match, procedure, callee) ->
                        nodes.computeIfAbsent(node(callee.lane()), same -> new Tally()).registrations++);
        return nodes;
    }

    private NodeId node(Lane lane) {
        return lane instanceof PeerLink link ? link.peer() : self;
    }
}
