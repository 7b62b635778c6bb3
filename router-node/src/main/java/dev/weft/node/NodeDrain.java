package dev.weft.node;

import dev.weft.config.DrainConfig;
import dev.weft.session.DrainPlan;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node that serves clients takes leave, so that nobody on other nodes notices (docs/operations.md): first the
 * others choose its callees no more where they have a choice, then it takes nobody in any more, then its clients finish and
 * are closed, and what they held is given back. Its links and its membership are still there when this is over. Blocks.
 */
final class NodeDrain {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDrain.class);

    /** For the others to acknowledge something; who takes longer is about to be found dead. */
    private static final Duration ACKNOWLEDGED = Duration.ofSeconds(2);

    private static final Duration GIVEN_BACK = Duration.ofSeconds(5);

    /** For closing handshakes of clients that take their time. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final DrainConfig config;
    private final ClientDoors listeners;
    private final EventLoops loops;
    private final @Nullable ClusterNode cluster;

    NodeDrain(DrainConfig config, ClientDoors listeners, EventLoops loops, @Nullable ClusterNode cluster) {
        this.config = config;
        this.listeners = listeners;
        this.loops = loops;
        this.cluster = cluster;
    }

    void run() {
        pause(config.readinessDelay());
        loops.leaving();
        if (cluster != null) {
            Await.quietly(cluster.draining(), ACKNOWLEDGED, "telling the other nodes");
        }
        listeners.stopAccepting();
        DrainPlan plan = plan();
        Duration patience = plan.timeout().plus(plan.spread()).plus(CLOSING);
        Await.quietly(loops.drain(plan), patience, "sessions");
        Await.quietly(listeners.close(), CLOSING, "listeners");
        if (cluster != null) {
            Await.quietly(cluster.givenBack(), GIVEN_BACK, "what the sessions held");
        }
    }

    private DrainPlan plan() {
        int clients = Await.orElse(loops.clients(), 0, "counting clients");
        Duration spread = clients == 0 ? Duration.ZERO : config.spread();
        DrainPlan plan = new DrainPlan(
                config.timeout(), spread == null ? DrainPlan.spreadOf(clients) : spread, config.goodbye());
        LOG.info(
                "closing {} connections over {} ms; calls in flight have {} ms",
                clients,
                plan.spread().toMillis(),
                plan.timeout().toMillis());
        return plan;
    }

    private static void pause(Duration delay) {
        try {
            TimeUnit.NANOSECONDS.sleep(delay.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
