package dev.weft.load.compare;

import dev.weft.load.client.Endpoint;
import dev.weft.load.scenario.Load;
import dev.weft.load.scenario.Scenario;
import dev.weft.load.work.LoadRun;
import dev.weft.wamp.SerializerId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures every case with every contender, one right after the other, and that several times in changing order: what disturbs
 * the machine for a while disturbs all of them.
 */
final class Comparison implements AutoCloseable {
    private static final Load A_FEW = new Load.Idle(200, 1, List.of(SerializerId.MSGPACK));

    /**
     * After which memory is looked at: a collector of garbage that has nothing to do gives back what it does not need, that of Go
     * within two minutes and a half, that of Weft's nodes within one and a half.
     */
    private static final Duration SETTLED = Duration.ofSeconds(150);

    private final Plan plan;
    private final List<Contender> contenders;
    private final Consumer<String> say;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Results results;

    /** @param say told what goes on, a line at a time */
    Comparison(List<Case> cases, List<Contender> contenders, Plan plan, Consumer<String> say) {
        this.plan = plan;
        this.contenders = contenders;
        this.say = say;
        this.results = new Results(cases);
    }

    Results play() throws InterruptedException {
        for (int round = 1 - plan.uncounted(); round <= plan.rounds(); round++) {
            List<Contender> order = new ArrayList<>(contenders);
            Collections.rotate(order, round);
            for (Case what : results.cases()) {
                for (Contender contender : order) {
                    // What has fresh processes takes minutes, and cannot be warmed.
                    if (what.admits(contender) && (round == plan.rounds() || !what.fresh())) {
                        measure(round, what, contender);
                    }
                }
            }
        }
        return results;
    }

    private void measure(int round, Case what, Contender contender) throws InterruptedException {
        String which = round > 0 ? "round " + round : "not counted";
        String label = String.format(Locale.ROOT, "%-11s  %-22s %-9s", which, what.id(), contender.name());
        try {
            Outcome outcome = what.fresh() ? measureFresh(what, contender) : measureWarm(what, contender);
            if (round > 0) {
                results.add(what, contender.name(), round, outcome);
            }
            say.accept(label + describe(what, outcome));
            outcome.notes().forEach(note -> say.accept("         " + note));
        } catch (Unavailable | IOException | TimeoutException failed) {
            fail(label, what, contender, failed);
        } catch (ExecutionException failed) {
            fail(label, what, contender, failed.getCause());
        }
    }

    private void fail(String label, Case what, Contender contender, @Nullable Throwable failure) {
        String reason = failure == null ? "unknown" : String.valueOf(failure.getMessage());
        results.addFailure(what, contender.name(), reason);
        say.accept(label + "FAILED: " + reason);
    }

    private static String describe(Case what, Outcome outcome) {
        if (what.isAboutMemory()) {
            return String.format(Locale.ROOT, "%,10.0f bytes per session", outcome.bytesPerSession());
        }
        return String.format(
                Locale.ROOT,
                "%9.3f µs CPU  %,11.0f/s  p50 %,8.0f µs  p99 %,8.0f µs  tool %3.0f %% busy%s",
                outcome.cpuMicros(),
                outcome.perSecond(),
                outcome.p50Micros(),
                outcome.p99Micros(),
                outcome.toolBusy() * 100,
                outcome.faults().isEmpty() ? "" : "  " + outcome.faults());
    }

    private Outcome measureWarm(Case what, Contender contender)
            throws Unavailable, IOException, InterruptedException, ExecutionException, TimeoutException {
        String key = contender.name() + what.nodes();
        Running process = running.get(key);
        if (process == null) {
            process = contender.start(what.nodes());
            running.put(key, process);
            warm(what, process, plan.firstWarmup());
        }
        return run(what, process, plan.warmup(), plan.duration());
    }

    /**
     * In two halves: when clients go and come for the first time, a compiler that works at run time takes back what it took for
     * never happening, and is at it again for some seconds.
     */
    static void warm(Case what, Running process, Duration time)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        for (int half = 0; half < 2 && !time.isZero(); half++) {
            run(what, process, Duration.ZERO, time.dividedBy(2));
        }
    }

    private Outcome measureFresh(Case what, Contender contender)
            throws Unavailable, IOException, InterruptedException, ExecutionException, TimeoutException {
        try (Running process = contender.start(what.nodes())) {
            // What the first sessions take once, for code that is loaded, is not theirs.
            run(A_FEW, what, process, Duration.ZERO, Duration.ZERO);
            return run(what, process, what.isAboutMemory() ? SETTLED : plan.warmup(), plan.duration());
        }
    }

    static Outcome run(Case what, Running process, Duration warmup, Duration duration)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        return run(what.load(), what, process, warmup, duration);
    }

    static Outcome run(Load load, Case what, Running process, Duration warmup, Duration duration)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        List<Endpoint> here = List.of(process.endpoint(0, what.door()));
        List<Endpoint> there = List.of(process.endpoint(what.nodes() - 1, what.door()));
        Scenario scenario = new Scenario(what.title(), "realm1", here, there, warmup, duration, List.of(load));
        return Outcome.of(new LoadRun(scenario, process.pids(), sample -> {}).run());
    }

    /** Ends all processes. */
    @Override
    public void close() {
        running.values().forEach(Running::close);
    }
}
