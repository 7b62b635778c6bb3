package dev.weft.cluster.membership;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.instance.impl.Node;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Has the partitions of a dead member handed over at once. Hazelcast does so by itself, but once a migration has failed it
 * lets three seconds pass before anything else, and whoever asks for a partition of the dead member waits as long. A
 * migration fails just because of the death, if the dead member was taking part in one: it had just joined, or another one
 * had.
 */
final class PartitionRepair implements MembershipListener {
    /** A migration can fail after the death was told, and begin the pause then. */
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Node node;

    private PartitionRepair(Node node) {
        this.node = node;
    }

    /** Watches over the partitions as long as the member runs. */
    static void of(HazelcastInstance member) {
        member.getCluster()
                .addMembershipListener(new PartitionRepair(((HazelcastInstanceProxy) member).getOriginal().node));
    }

    @Override
    public void memberAdded(MembershipEvent event) {}

    @Override
    public void memberRemoved(MembershipEvent event) {
        repair(event.getMember());
    }

    /** Only the master hands over, so only its pause is in the way. */
    private void repair(Member dead) {
        if (!node.isRunning()
                || !node.isMaster()
                || node.partitionService.getPartitionStateManager().isAbsentInPartitionTable(dead)) {
            return;
        }
        node.partitionService.resumeMigration();
        node.getNodeEngine()
                .getExecutionService()
                .schedule(() -> repair(dead), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }
}
