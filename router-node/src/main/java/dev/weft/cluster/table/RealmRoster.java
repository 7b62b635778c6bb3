package dev.weft.cluster.table;

import dev.weft.cluster.table.InterestHolders.Holder;
import dev.weft.link.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One entry of the table of realms on demand: those of one kind, and the nodes that have a part of each. Immutable. */
record RealmRoster(Map<String, List<Holder>> realms) {
    static final RealmRoster EMPTY = new RealmRoster(Map.of());

    RealmRoster {
        realms = Map.copyOf(realms);
    }

    /** As it is when a node has a part of a realm; null if that would be more than {@code most}. */
    @Nullable
    RealmRoster with(String realm, Holder holder, int most) {
        List<Holder> before = realms.get(realm);
        if (before == null && realms.size() >= most) {
            return null;
        }
        List<Holder> holders = new ArrayList<>(before == null ? List.of() : before);
        holders.removeIf(other -> other.node().equals(holder.node()));
        holders.add(holder);
        Map<String, List<Holder>> next = new HashMap<>(realms);
        next.put(realm, List.copyOf(holders));
        return new RealmRoster(next);
    }

    /** Null if nothing is left. */
    @Nullable
    RealmRoster without(String realm, NodeId node) {
        return without((name, holder) -> name.equals(realm) && holder.node().equals(node));
    }

    /** Null if nothing is left. */
    @Nullable
    RealmRoster without(Stale stale) {
        return without((name, holder) -> stale.includes(holder.node(), holder.asserted()));
    }

    private interface Leaves {
        boolean test(String realm, Holder holder);
    }

    private @Nullable RealmRoster without(Leaves leaves) {
        Map<String, List<Holder>> left = new HashMap<>();
        realms.forEach((realm, holders) -> {
            Predicate<Holder> stays = holder -> !leaves.test(realm, holder);
            List<Holder> those = holders.stream().filter(stays).toList();
            if (!those.isEmpty()) {
                left.put(realm, those);
            }
        });
        return left.isEmpty() ? null : new RealmRoster(left);
    }

    /** The latest assertion of the owners asked for; 0 if there is none. */
    long latestOf(Stale stale) {
        return realms.values().stream()
                .flatMap(List::stream)
                .filter(holder -> stale.asksFor(holder.node()))
                .mapToLong(Holder::asserted)
                .max()
                .orElse(0);
    }
}
