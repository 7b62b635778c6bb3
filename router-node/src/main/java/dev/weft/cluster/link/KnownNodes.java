package dev.weft.cluster.link;

import dev.weft.link.NodeId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that this node wants to be linked with. One that membership has lost is called on, because it may be on the
 * other side of a partition; it is forgotten when it is known to be gone, or after a long time without a link.
 * Thread-safe; whom it tells it tells without its lock.
 */
final class KnownNodes {
    private static final int MOST_REMEMBERED = 1024;

    /** So many that peers tell of and membership does not have are called at most: a peer may tell nonsense. */
    private static final int MOST_HEARD_OF = 128;

    /** Makes the connector to a node, if this node is the one that calls. */
    interface Calls extends BiFunction<NodeId, InetSocketAddress, @Nullable LinkConnector> {}

    private static final class Known {
        private final @Nullable LinkConnector connector;
        private InetSocketAddress address;
        /** Only peers told of it: membership never had it. */
        private boolean heardOf;

        private boolean suspect;
        private long missedSince;

        private Known(@Nullable LinkConnector connector, InetSocketAddress address) {
            this.connector = connector;
            this.address = address;
        }

        private void moveTo(InetSocketAddress newAddress) {
            address = newAddress;
            if (connector != null) {
                connector.moveTo(newAddress);
            }
        }

        private void stop() {
            if (connector != null) {
                connector.stop();
            }
        }
    }

    private final NodeId self;
    private final Calls calls;
    private final Consumer<NodeId> forgotten;
    private final LongSupplier clock;
    private final Map<NodeId, Known> known = new HashMap<>();

    /** Their epochs are over. */
    private final Set<NodeId> gone = new LinkedHashSet<>();

    /** Not heard of for long; let in again when membership has them again. */
    private final Set<NodeId> givenUp = new LinkedHashSet<>();

    private boolean closed;

    /** @param forgotten told of each node that is not wanted any more */
    KnownNodes(NodeId self, Calls calls, Consumer<NodeId> forgotten, LongSupplier clock) {
        this.self = self;
        this.calls = calls;
        this.forgotten = forgotten;
        this.clock = clock;
    }

    /**
     * The members and where they listen, in the order in which they joined; this node may be among them.
     *
     * @return those that this node did not know
     */
    List<NodeId> wanted(Map<NodeId, InetSocketAddress> members) {
        Map<String, NodeId> latest = new HashMap<>();
        members.keySet().forEach(node -> latest.put(node.name(), node));
        latest.remove(self.name());
        List<NodeId> added = new ArrayList<>();
        List<NodeId> replaced = new ArrayList<>();
        synchronized (this) {
            for (NodeId node : latest.values()) {
                InetSocketAddress address = members.get(node);
                if (!closed && address != null && !gone.contains(node)) {
                    if (want(node, address)) {
                        added.add(node);
                    }
                    replaced.addAll(replacedBy(node));
                }
            }
        }
        replaced.forEach(forgotten);
        return added;
    }

    /** @return whether it is a new one */
    private boolean want(NodeId node, InetSocketAddress address) {
        givenUp.remove(node);
        Known present = known.get(node);
        if (present == null) {
            add(node, address);
            return true;
        }
        present.suspect = false;
        present.heardOf = false;
        present.moveTo(address);
        return false;
    }

    private Known add(NodeId node, InetSocketAddress address) {
        LinkConnector connector = calls.apply(node, address);
        Known fresh = new Known(connector, address);
        known.put(node, fresh);
        if (connector != null) {
            connector.start();
        }
        return fresh;
    }

    /**
     * A peer says that it is linked with a node. If it is news, the node is wanted like one that membership has lost. Of two
     * runs of one name nobody can say by their epochs which one is the later: the one that is known stays, until membership
     * or a handshake tells.
     *
     * @return whether it is news
     */
    synchronized boolean heardOf(NodeId node, InetSocketAddress address) {
        if (closed
                || isForgotten(node)
                || known.containsKey(node)
                || isTaken(node.name())
                || heardOf() >= MOST_HEARD_OF) {
            return false;
        }
        Known fresh = add(node, address);
        fresh.heardOf = true;
        fresh.suspect = true;
        fresh.missedSince = clock.getAsLong();
        return true;
    }

    /** By this node, by one that is a member, or by one that was heard of; a run that membership has lost may have been restarted. */
    private boolean isTaken(String name) {
        return self.name().equals(name)
                || known.entrySet().stream()
                        .filter(run -> run.getKey().name().equals(name))
                        .map(Map.Entry::getValue)
                        .anyMatch(run -> !run.suspect || run.heardOf);
    }

    private long heardOf() {
        return known.values().stream().filter(present -> present.heardOf).count();
    }

    /** Where the node listens, as far as this node was told; null if it was not. */
    synchronized @Nullable InetSocketAddress address(NodeId node) {
        Known present = known.get(node);
        return present == null ? null : present.address;
    }

    /** Membership does not have the node any more. */
    synchronized void suspect(NodeId node) {
        Known present = known.get(node);
        if (present != null && !present.suspect) {
            present.suspect = true;
            present.missedSince = clock.getAsLong();
        }
    }

    synchronized boolean isSuspect(NodeId node) {
        Known present = known.get(node);
        return present != null && present.suspect;
    }

    /** Whether the node must not be linked. */
    synchronized boolean isForgotten(NodeId node) {
        return gone.contains(node) || givenUp.contains(node);
    }

    /** A link to the node came up: what ran under its name before does not run any more. */
    void linked(NodeId node) {
        List<NodeId> replaced;
        synchronized (this) {
            replaced = replacedBy(node);
        }
        replaced.forEach(forgotten);
    }

    /** The node said that it shuts down. */
    void left(NodeId node) {
        synchronized (this) {
            drop(node, gone);
        }
        forgotten.accept(node);
    }

    /**
     * Another node answered than the one that was called, and has not proved anything yet: if it is a later run of the same,
     * and membership does not have the earlier one either, that one is given up.
     */
    void answered(NodeId called, NodeId answering) {
        synchronized (this) {
            if (!called.name().equals(answering.name()) || !isSuspect(called)) {
                return;
            }
            drop(called, givenUp);
        }
        forgotten.accept(called);
    }

    /**
     * Gives up those that were neither members nor linked for {@code patience}.
     *
     * @param patience in nanoseconds
     */
    void giveUpLostOnes(Predicate<NodeId> isLinked, long patience) {
        List<NodeId> lost = new ArrayList<>();
        synchronized (this) {
            long now = clock.getAsLong();
            known.forEach((node, present) -> {
                if (isLinked.test(node)) {
                    present.missedSince = now;
                } else if (present.suspect && now - present.missedSince > patience) {
                    lost.add(node);
                }
            });
            lost.forEach(node -> drop(node, givenUp));
        }
        lost.forEach(forgotten);
    }

    /** Whether this node calls each node that is wanted, or waits for it. */
    synchronized Map<NodeId, LinkState> states() {
        Map<NodeId, LinkState> states = new TreeMap<>();
        known.forEach((node, present) ->
                states.put(node, present.connector == null ? LinkState.AWAITED : LinkState.CONNECTING));
        return states;
    }

    /** Calls nobody any more. */
    synchronized void close() {
        closed = true;
        known.values().forEach(Known::stop);
        known.clear();
    }

    /**
     * Drops the other runs of a node. One that was only heard of may well be a later one: it is as if it had not been heard
     * of.
     *
     * @return those that are gone
     */
    private List<NodeId> replacedBy(NodeId node) {
        List<NodeId> replaced = new ArrayList<>();
        for (NodeId other : List.copyOf(known.keySet())) {
            if (!other.name().equals(node.name()) || other.equals(node)) {
                continue;
            }
            Known present = known.get(other);
            if (present != null && present.heardOf) {
                known.remove(other);
                present.stop();
            } else {
                drop(other, gone);
                replaced.add(other);
            }
        }
        return replaced;
    }

    private void drop(NodeId node, Set<NodeId> remembered) {
        Known present = known.remove(node);
        if (present != null) {
            present.stop();
        }
        if (remembered.size() == MOST_REMEMBERED) {
            remembered.remove(remembered.iterator().next());
        }
        remembered.add(node);
    }
}
