package dev.weft.load.chaos.client;

import java.util.SplittableRandom;

/** Subscribes to a few overlapping patterns and stays. */
final class Subscriber extends Actor {
    private static final int SUBSCRIPTIONS = 4;

    Subscriber(Stage stage, int home, SplittableRandom random) {
        super(stage, home, random);
    }

    @Override
    void joined(Session joined) {
        joined.subscribeToGaps();
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            Names.Pattern pattern = Names.pattern(random());
            joined.subscribe(pattern.match(), pattern.topic());
        }
    }
}
