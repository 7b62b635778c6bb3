package dev.weft.load.chaos;

import dev.weft.load.chaos.client.Company;
import dev.weft.load.chaos.client.Stage;
import dev.weft.load.chaos.fault.Fault;
import dev.weft.load.chaos.fault.FaultKind;
import dev.weft.load.chaos.fault.Nemesis;
import dev.weft.load.chaos.fault.Schedule;
import dev.weft.load.chaos.history.Entry;
import dev.weft.load.chaos.history.History;
import dev.weft.load.chaos.node.Cluster;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A few minutes of faults with one history: clients come, faults strike one after the other, all becomes quiet, and clients go.
 * What it does is drawn from its seed.
 */
final class Round {
    private static final int MOST_MILLIS_TO_RECOVER = 40_000;

    /** In the end, for what is on its way. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final Stage stage;
    private final Progress progress;

    Round(Cluster cluster, Stage stage, Progress progress) {
        this.cluster = cluster;
        this.stage = stage;
        this.progress = progress;
    }

    /**
     * Returns what happened.
     *
     * @param clients of each kind and node
     * @param margin for which it stays quiet in the end, beyond what is promised
     */
    History play(long seed, Duration length, Collection<FaultKind> kinds, int clients, Duration margin)
            throws Exception {
        History history = stage.ask(stage::begin);
        Company company = stage.ask(() -> begin(seed, clients));
        awaitWhole(company, "with no fault at all");
        Schedule schedule = new Schedule(seed, cluster.size(), kinds);
        Nemesis nemesis = new Nemesis(cluster, new Scribe());
        long start = System.nanoTime();
        while (System.nanoTime() - start < length.toNanos()) {
            Schedule.Step step = schedule.next();
            nemesis.play(step);
            long ended = System.nanoTime();
            if (!awaitWhole(company, "after " + step.faults().get(0).describe())) {
                break;
            }
            stage.enter(() -> new Entry.Recovered(System.nanoTime()));
            progress.recovered(System.nanoTime() - ended);
        }
        stage.ask(() -> {
            company.becomeQuiet();
            return true;
        });
        awaitNothing(QUIET.plus(margin));
        stage.ask(() -> {
            stage.end();
            return true;
        });
        return history;
    }

    private Company begin(long seed, int clients) {
        Company company = new Company(stage, seed, clients);
        company.start();
        return company;
    }

    private boolean awaitWhole(Company company, String when) throws Exception {
        CompletableFuture<Boolean> whole = stage.ask(() -> company.whole(MOST_MILLIS_TO_RECOVER));
        CompletableFuture.anyOf(whole, stage.failure()).get(2L * MOST_MILLIS_TO_RECOVER, TimeUnit.MILLISECONDS);
        if (!whole.getNow(false)) {
            progress.say("the cluster is not whole " + when);
            return false;
        }
        return true;
    }

    /** Lets time pass. */
    private void awaitNothing(Duration time) throws Exception {
        CompletableFuture<Void> never =
                new CompletableFuture<Void>().completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture.anyOf(never, stage.failure()).get();
    }

    /** Enters the faults into the history. */
    private final class Scribe implements Nemesis.Witness {
        @Override
        public void began(Fault fault) throws Exception {
            progress.fault(fault);
            stage.enter(() -> new Entry.FaultBegan(System.nanoTime(), fault));
        }

        @Override
        public void ended(Fault fault) throws Exception {
            stage.enter(() -> new Entry.FaultEnded(System.nanoTime(), fault));
        }
    }
}
