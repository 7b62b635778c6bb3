package dev.weft.load.chaos.client;

import java.util.SplittableRandom;

/** Publishes on the common topics at its pace, a quarter of it acknowledged, and on others when it is asked to. */
final class Publisher extends Actor {
    private static final int LEAST_MILLIS = 30;
    private static final int MOST_MILLIS = 70;
    private static final int ACKNOWLEDGED = 4;

    Publisher(Stage stage, int home, SplittableRandom random) {
        super(stage, home, random);
    }

    @Override
    void joined(Session joined) {
        after(LEAST_MILLIS, MOST_MILLIS, this::publish);
    }

    private void publish() {
        Session session = session();
        if (session == null || stage().isQuiet()) {
            return;
        }
        session.publish(Names.topic(random()), random().nextInt(ACKNOWLEDGED) == 0);
        after(LEAST_MILLIS, MOST_MILLIS, this::publish);
    }
}
