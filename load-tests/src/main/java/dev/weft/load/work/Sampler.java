package dev.weft.load.work;

import dev.weft.load.client.Connector;
import dev.weft.load.measure.ProcessUsage;
import dev.weft.load.report.Sample;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/** Looks at a run from one moment to the next. Not for the event loop. */
final class Sampler {
    private static final List<Long> THIS = List.of(ProcessHandle.current().pid());

    private final Connector connector;
    private final List<Workload> workloads;
    private final List<Long> pids;
    private long lastTime;
    private ProcessUsage lastRouter = new ProcessUsage(0, 0);
    private ProcessUsage lastTool = new ProcessUsage(0, 0);

    Sampler(Connector connector, List<Workload> workloads, List<Long> pids) {
        this.connector = connector;
        this.workloads = workloads;
        this.pids = pids;
    }

    /** @param now {@link System#nanoTime} */
    void begin(long now) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        lastTime = now;
        lastRouter = ProcessUsage.of(pids);
        lastTool = ProcessUsage.of(THIS);
        latest();
    }

    /** What happened since the last one, or since the beginning. */
    Sample take(double second) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long now = System.nanoTime();
        ProcessUsage router = ProcessUsage.of(pids);
        ProcessUsage tool = ProcessUsage.of(THIS);
        Histogram latest = latest();
        double micros = Math.max(1, (now - lastTime) / 1e3);
        Sample sample = new Sample(
                second,
                latest.getTotalCount() * 1e6 / micros,
                latest.getValueAtPercentile(50) / 1e3,
                latest.getValueAtPercentile(99) / 1e3,
                pids.isEmpty() ? Double.NaN : (router.cpuMicros() - lastRouter.cpuMicros()) / micros,
                router.residentBytes(),
                (tool.cpuMicros() - lastTool.cpuMicros()) / micros);
        lastTime = now;
        lastRouter = router;
        lastTool = tool;
        return sample;
    }

    private Histogram latest() throws InterruptedException, ExecutionException, TimeoutException {
        return LoadRun.fromLoop(connector, () -> {
            Histogram all = workloads.get(0).recorder().takeLatest();
            for (Workload workload : workloads.subList(1, workloads.size())) {
                all.add(workload.recorder().takeLatest());
            }
            return all;
        });
    }

    /** CPU time of the thread that asks, which is the event loop. */
    static long loopNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
