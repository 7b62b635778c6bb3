package dev.weft.load.chaos.client;

import dev.weft.load.chaos.history.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Tries whether the cluster is linked: a subscription made now at each node is reached by a publication from each other node;
 * and whether it is whole: so are registrations made now by calls. Tries begin in short intervals and run beside each other; the
 * first that succeeds in all is the answer.
 */
final class Probes {
    private static final int INTERVAL_MILLIS = 100;
    private static final int PATIENCE_MILLIS = 3_000;

    private final Stage stage;
    private final List<Prober> probers = new ArrayList<>();
    private final Map<Long, Round> rounds = new HashMap<>();
    private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(true);
    private long lastRound;
    private boolean linked;

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
        linked = false;
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

    void subscribed(long number) {
        Round round = rounds.get(number);
        if (round != null && ++round.subscribed == probers.size()) {
            forEachPair((user, other) -> user.publishTo(other.home(), number));
        }
    }

    void registered(long number) {
        Round round = rounds.get(number);
        if (round != null && ++round.registered == probers.size()) {
            forEachPair((user, other) -> user.call(other.home(), number));
        }
    }

    private void forEachPair(BiConsumer<Prober, Prober> action) {
        for (Prober user : probers) {
            for (Prober other : probers) {
                if (user != other) {
                    action.accept(user, other);
                }
            }
        }
    }

    void eventArrived(long number) {
        Round round = rounds.get(number);
        if (round == null) {
            return;
        }
        round.events++;
        if (round.events == pairs() && !linked) {
            linked = true;
            stage.add(new Entry.Linked(Session.now()));
        }
        answerIfWhole(round);
    }

    void resultArrived(long number) {
        Round round = rounds.get(number);
        if (round != null) {
            round.results++;
            answerIfWhole(round);
        }
    }

    private void answerIfWhole(Round round) {
        if (round.events == pairs() && round.results == pairs()) {
            answer.complete(true);
            List.copyOf(rounds.keySet()).forEach(this::end);
        }
    }

    private int pairs() {
        return probers.size() * (probers.size() - 1);
    }

    private void end(long number) {
        if (rounds.remove(number) != null) {
            probers.forEach(prober -> prober.forget(number));
        }
    }

    private static final class Round {
        private int subscribed;
        private int registered;
        private int events;
        private int results;
    }
}
