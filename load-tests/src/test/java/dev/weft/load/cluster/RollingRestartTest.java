package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every node is restarted in turn, under load, and nobody on the other nodes notices (docs/guarantees.md, leaving). How
 * many times over: {@code -Dweft.rolls=20}.
 */
@Tag("cluster")
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RollingRestartTest {
    private static final int ROLLS = Integer.getInteger("weft.rolls", 3);
    private static final int CALLEES = 4;
    private static final int MOVING = 100;
    private static final long PATIENCE_SECONDS = 60;
    private static final long DRAIN_MILLIS = 30_000;
    private static final String PROCEDURE = "roll.shared";

    @TempDir
    private static Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> wrong = new ArrayList<>();
    private long calls;
    private long events;
    private long longestDrain;
    private final List<Double> peaks = new ArrayList<>();

    @Test
    void everyNodeIsRestartedInTurnAndNobodyElseNotices() throws Exception {
        try (ThreeNodes nodes = ThreeNodes.start(directory);
                SharedCallees callees = new SharedCallees(nodes, PROCEDURE)) {
            callees.start(CALLEES, threads);
            for (int restart = 0; restart < ROLLS * ThreeNodes.NODES; restart++) {
                restart(restart % ThreeNodes.NODES, nodes, callees);
            }
        } finally {
            threads.shutdownNow();
        }
        peaks.sort(null);
        double usualPeak = peaks.get(peaks.size() / 2);
        System.out.printf(
                "rolling restart: %d restarts, %d calls and %d events of clients on other nodes, %d failed or lost;"
                        + " longest drain %d ms; reconnects, peak to mean, %.2f in the median, %.2f at most%n",
                peaks.size(), calls, events, wrong.size(), longestDrain, usualPeak, peaks.get(peaks.size() - 1));
        assertThat(wrong).isEmpty();
        assertThat(longestDrain).isLessThan(DRAIN_MILLIS);
        assertThat(peaks.get(peaks.size() - 1)).isLessThanOrEqualTo(2);
    }

    private void restart(int node, ThreeNodes nodes, SharedCallees callees) throws Exception {
        int one = nodes.port((node + 1) % ThreeNodes.NODES);
        int other = nodes.port((node + 2) % ThreeNodes.NODES);
        MovingClients moving = new MovingClients(MOVING, nodes.port(node), one, threads);
        ResidentTraffic traffic = ResidentTraffic.between(one, other, PROCEDURE, threads);
        await(traffic, 200);
        callees.stopping(node);
        longestDrain = Math.max(longestDrain, nodes.terminate(node));
        peaks.add(moving.peakToMean());
        nodes.restart(node);
        callees.stopping(-1);
        await(traffic, traffic.calls() + 200);
        wrong.addAll(traffic.end());
        calls += traffic.calls();
        events += traffic.events();
    }

    private static void await(ResidentTraffic traffic, long calls) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (traffic.calls() < calls) {
            assertThat(System.nanoTime() - deadline)
                    .as("%s of %s calls were answered in time", traffic.calls(), calls)
                    .isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
