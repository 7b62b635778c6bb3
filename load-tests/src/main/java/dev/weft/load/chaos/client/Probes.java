package dev.weft.load.chaos.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * Tries whether the cluster is whole: a subscription and a registration made now at each node are reached by a publication
 * and a call from each other node. Tries begin in short intervals and run beside each other; the first that succeeds in all
 * is the answer.
 */
final class Probes {
    private static final int INTERVAL_MILLIS = 100;
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int KINDS = 2;

    private final Stage stage;
    private final List<Prober> probers = new ArrayList<>();
    private final Map<Long, Round> rounds = new HashMap<>();
    private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(true);
    private long lastRound;

    Probes(Stage stage, SplittableRandom random) {
        this.stage = stage;
        for (int node = 0; node < stage.nodes(); node++) {
            probers.add(new Prober(stage, node, random.split(), this));
        }
    }

    void start() {
        probers.forEach(Prober::start);
    }

    /** Completes when every node works with every other one; with false if that takes longer than the time given. */
    CompletableFuture<Boolean> whole(int millis) {
        answer.complete(false);
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        answer = asked;
        stage.after(millis, () -> asked.complete(false));
        begin(asked);
        return asked;
    }

    private void begin(CompletableFuture<Boolean> asked) {
        if (asked.isDone()) {
            return;
        }
        long number = ++lastRound;
        rounds.put(number, new Round());
        probers.forEach(prober -> prober.prepare(number));
        stage.after(PATIENCE_MILLIS, () -> end(number));
        stage.after(INTERVAL_MILLIS, () -> begin(asked));
    }

    /** A subscription or registration of the round. */
    void granted(long number) {
        Round round = rounds.get(number);
        if (round == null || ++round.granted < KINDS * probers.size()) {
            return;
        }
        for (Prober user : probers) {
            for (Prober other : probers) {
                if (user != other) {
                    user.use(other.home(), number);
                }
            }
        }
    }

    /** An event or a result of the round. */
    void arrived(long number) {
        Round round = rounds.get(number);
        if (round != null && ++round.arrived == KINDS * probers.size() * (probers.size() - 1)) {
            answer.complete(true);
            List.copyOf(rounds.keySet()).forEach(this::end);
        }
    }

    private void end(long number) {
        if (rounds.remove(number) != null) {
            probers.forEach(prober -> prober.forget(number));
        }
    }

    private static final class Round {
        private int granted;
        private int arrived;
    }
}
