package dev.weft.cluster.membership;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Vert.x's share in the Hazelcast member. When a member is gone, Vert.x tidies up in Hazelcast's maps, which lasts for seconds if
 * shares of them were just being handed out. It does so on a thread of its own here: on Hazelcast's, where others are told of
 * members, they would be told after that. All three that come from Hazelcast's threads take the lock that is held meanwhile.
 */
final class VertxMembership extends HazelcastClusterManager {
    private static final int IDLE_SECONDS = 10;

    /** One thread, so that what happened is told in order; none while nothing happens, so that none has to be ended. */
    private final Executor background =
            new ThreadPoolExecutor(0, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "weft-vertx-members");
                thread.setDaemon(true);
                return thread;
            });

    VertxMembership(HazelcastInstance hazelcast) {
        super(hazelcast);
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        background.execute(() -> super.memberAdded(event));
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        background.execute(() -> super.memberRemoved(event));
    }

    @Override
    public void stateChanged(LifecycleEvent event) {
        background.execute(() -> super.stateChanged(event));
    }
}
