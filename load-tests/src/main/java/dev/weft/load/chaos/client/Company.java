package dev.weft.load.chaos.client;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** All actors of a round. Event loop only. */
public final class Company {
    private static final int RACE_MILLIS = 400;

    private final Stage stage;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Racer> racers = new ArrayList<>();
    private final List<Sentinel> sentinels = new ArrayList<>();
    private final Probes probes;
    private int races;

    /**
     * The same seed draws the same characters.
     *
     * @param each how many of each kind of publishers, subscribers, callers and callees a node has
     */
    public Company(Stage stage, long seed, int each) {
        this.stage = stage;
        SplittableRandom random = new SplittableRandom(seed);
        probes = new Probes(stage, random.split());
        int callees = each * stage.nodes();
        for (int node = 0; node < stage.nodes(); node++) {
            for (int i = 0; i < each; i++) {
                publishers.add(new Publisher(stage, node, random.split()));
                actors.add(new Subscriber(stage, node, random.split()));
                actors.add(new Callee(stage, node, random.split(), node * each + i));
                actors.add(new Caller(stage, node, random.split(), callees));
            }
            actors.add(new Churner(stage, node, random.split()));
            actors.add(new FreshReader(stage, node, random.split(), publishers));
            racers.add(new Racer(stage, node, random.split()));
            sentinels.add(new Sentinel(stage, node, random.split()));
        }
        actors.addAll(publishers);
        actors.addAll(racers);
        actors.addAll(sentinels);
    }

    public void start() {
        probes.start();
        actors.forEach(Actor::start);
        race();
    }

    /** Completes when every node works with every other one; with false if that takes longer than the time given. */
    public CompletableFuture<Boolean> whole(int millis) {
        return probes.whole(millis);
    }

    /** Nothing new begins, and calls that would last for ever end. */
    public void becomeQuiet() {
        stage.becomeQuiet();
        sentinels.forEach(Sentinel::cancelAll);
    }

    private void race() {
        if (!stage.isQuiet()) {
            String procedure = Names.race(races++ % Names.RACES);
            racers.forEach(racer -> racer.race(procedure));
            stage.after(RACE_MILLIS, this::race);
        }
    }
}
