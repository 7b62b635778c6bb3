package dev.weft.cluster.membership;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import dev.weft.cluster.key.ClusterKeys;
import dev.weft.cluster.membership.guard.GuardedNode;
import dev.weft.cluster.membership.guard.MemberGuard;
import dev.weft.config.HostPort;
import dev.weft.link.NodeId;
import io.vertx.core.spi.cluster.ClusterManager;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's membership of the cluster. Thread-safe, except that joining and leaving block. */
public final class HazelcastMembership {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastMembership.class);

    private final NodeId self;
    private final HazelcastInstance hazelcast;
    private final @Nullable MemberGuard guard;

    private HazelcastMembership(NodeId self, HazelcastInstance hazelcast, @Nullable MemberGuard guard) {
        this.self = self;
        this.guard = guard;
        this.hazelcast = hazelcast;
    }

    /**
     * Joins the cluster, or founds it if none of the others is there. Blocks for some seconds.
     *
     * @param link where this node listens for links: told to the others
     * @param tables adds what the tables need to the configuration
     * @throws IOException if it cannot be joined: the address is in use or unknown, or the others do not accept this
     * node
     */
    public static HazelcastMembership join(
            MembershipOptions options, NodeId self, HostPort link, Consumer<Config> tables) throws IOException {
        ClusterKeys keys = options.keys();
        MemberGuard guard = keys == null ? null : new MemberGuard(keys);
        GuardedNode guarded = guard == null ? null : new GuardedNode(guard);
        Config config = HazelcastConfigs.of(options, new MemberAttributes(self, link), guarded);
        tables.accept(config);
        try {
            HazelcastInstance member = HazelcastInstanceFactory.newHazelcastInstance(
                    config, null, guarded == null ? new DefaultNodeContext() : guarded);
            PartitionRepair.of(member);
            return new HazelcastMembership(self, member, guard);
        } catch (HazelcastException | IllegalStateException failure) {
            throw new IOException(
                    "Cannot join cluster " + options.clusterName() + " at " + options.address() + ": "
                            + failure.getMessage(),
                    failure);
        }
    }

    /** This node. */
    public NodeId self() {
        return self;
    }

    /** For the tables, which share the member. */
    public HazelcastInstance hazelcast() {
        return hazelcast;
    }

    /** For Vert.x, which shares the member and leaves it alone when it is closed. */
    public ClusterManager clusterManager() {
        return new VertxMembership(hazelcast);
    }

    /** How many Hazelcast connections were refused because the other end did not prove the cluster's key. */
    public long refusedConnections() {
        return guard == null ? 0 : guard.refused();
    }

    /** Where the member listens, as it was bound. */
    public HostPort address() {
        Member member = hazelcast.getCluster().getLocalMember();
        return new HostPort(member.getAddress().getHost(), member.getAddress().getPort());
    }

    /** Whether the member has neither left nor been ended. Any thread. */
    public boolean isRunning() {
        return hazelcast.getLifecycleService().isRunning();
    }

    /** Every live node, this one included, oldest member first, and where it listens for links. */
    public Map<NodeId, HostPort> view() {
        Map<NodeId, HostPort> view = new LinkedHashMap<>();
        for (Member member : hazelcast.getCluster().getMembers()) {
            MemberAttributes attributes = MemberAttributes.of(member);
            if (attributes == null) {
                LOG.warn("{} is a member of the cluster but no Weft node", member);
            } else {
                view.put(attributes.node(), attributes.link());
            }
        }
        return view;
    }

    /**
     * Tells {@code observer} who is there now and whatever changes.
     *
     * @param control runs one task at a time, in order; never a thread of Hazelcast
     */
    public void watch(Executor control, MembershipObserver observer) {
        Watch watch = new Watch(observer);
        hazelcast.getCluster().addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                control.execute(watch::look);
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                control.execute(() -> watch.removed(event.getMember()));
            }
        });
        hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                control.execute(watch::merged);
            }
        });
        control.execute(watch::look);
    }

    /** Leaves the cluster: the other members know at once. Blocks until this member's entries are with the others. */
    public void leave() {
        hazelcast.shutdown();
    }

    /** Compares what was told with what is. Events only say when to look, so none can come in the wrong order. */
    private final class Watch {
        private final MembershipObserver observer;
        private Map<NodeId, HostPort> told = Map.of();
        /** Those that were told to be gone before Hazelcast's event said so. */
        private final Set<NodeId> gone = new HashSet<>();

        private Watch(MembershipObserver observer) {
            this.observer = observer;
        }

        /** What is looked at does not say who has come and gone since, or has gone and come. */
        private void removed(Member member) {
            look();
            MemberAttributes attributes = MemberAttributes.of(member);
            boolean isToldToBeGone = attributes != null && gone.remove(attributes.node());
            if (!isToldToBeGone && isRunning()) {
                LOG.info("{} was away, or here, for a moment only", attributes == null ? member : attributes.node());
                observer.vanished();
            }
        }

        private void look() {
            if (!isRunning()) {
                return;
            }
            Map<NodeId, HostPort> view = view();
            if (List.copyOf(view.entrySet()).equals(List.copyOf(told.entrySet()))) {
                return;
            }
            tell(told.keySet(), view.keySet(), "is no member of the cluster any more");
            tell(view.keySet(), told.keySet(), "is a member of the cluster");
            gone.addAll(told.keySet());
            gone.removeAll(view.keySet());
            told = view;
            observer.changed(view);
        }

        private void tell(Set<NodeId> those, Set<NodeId> without, String what) {
            those.stream()
                    .filter(node -> !without.contains(node) && !node.equals(self))
                    .forEach(node -> LOG.info("{} {}", node, what));
        }

        private void merged() {
            LOG.info("{} has joined the other side of a split", self);
            observer.merged();
            look();
        }
    }
}
