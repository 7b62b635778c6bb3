package dev.weft.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** One scenario from its connections to its report. */
final class LoadRun {
    private static final int LONGEST_SECONDS = 3_600;
    private static final int DRAIN_SECONDS = 3;

    private final RunOptions options;
    private final Scenario scenario;
    private final RouterCpu cpu;
    private final Recorder recorder = new Recorder();

    LoadRun(RunOptions options, Scenario scenario) {
        this.options = options;
        this.scenario = scenario;
        this.cpu = new RouterCpu(options.pids);
    }

    Report run() throws Exception {
        try (Clients clients = new Clients(options)) {
            scenario.prepare(clients);
            onLoop(clients, () -> scenario.start(recorder));
            pass(clients, options.warmupSeconds);
            onLoop(clients, recorder::reset);
            long cpuBefore = cpu.microseconds();
            long timeBefore = System.nanoTime();
            pass(clients, Math.min(options.seconds, LONGEST_SECONDS));
            Histogram latencies = fromLoop(clients, recorder::copy);
            long nanoseconds = System.nanoTime() - timeBefore;
            long cpuUsed = cpu.microseconds() - cpuBefore;
            long failures = fromLoop(clients, recorder::failures);
            double cpuMicroseconds = cpu.isKnown() ? cpuUsed : Double.NaN;
            return new Report(scenario.operation(), latencies, failures, nanoseconds, cpuMicroseconds, drain(clients));
        }
    }

    private static void onLoop(Clients clients, Runnable action) throws Exception {
        CompletableFuture.runAsync(action, clients.loop()).get(10, TimeUnit.SECONDS);
    }

    private static <T> T fromLoop(Clients clients, Supplier<T> question) throws Exception {
        return CompletableFuture.supplyAsync(question, clients.loop()).get(10, TimeUnit.SECONDS);
    }

    /** Lets time pass, unless a session fails. */
    private static void pass(Clients clients, int seconds) throws ExecutionException, InterruptedException {
        try {
            clients.failure().get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException allWell) {
            return;
        }
    }

    /** @return what is still not answered after a while */
    private long drain(Clients clients) throws Exception {
        onLoop(clients, scenario::stop);
        long unanswered = 0;
        for (int second = 0; second < DRAIN_SECONDS; second++) {
            unanswered = fromLoop(clients, scenario::inFlight);
            if (unanswered == 0) {
                return 0;
            }
            pass(clients, 1);
        }
        return unanswered;
    }
}
