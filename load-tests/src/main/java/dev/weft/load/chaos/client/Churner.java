package dev.weft.load.chaos.client;

import dev.weft.wamp.MessageType;
import java.util.SplittableRandom;

/** Subscribes, stays subscribed for a moment, unsubscribes, again and again. */
final class Churner extends Actor {
    private static final int LEAST_MILLIS = 50;
    private static final int MOST_MILLIS = 2_000;

    Churner(Stage stage, int home, SplittableRandom random) {
        super(stage, home, random);
    }

    @Override
    void joined(Session joined) {
        joined.subscribeToGaps();
        subscribe();
    }

    @Override
    public void subscribed(long request, long subscription) {
        after(LEAST_MILLIS, MOST_MILLIS, () -> {
            Session session = session();
            if (session != null) {
                session.unsubscribe(subscription);
            }
        });
    }

    @Override
    public void unsubscribed(long request) {
        after(1, LEAST_MILLIS, this::subscribe);
    }

    @Override
    public void refused(long request, MessageType type, String error) {
        after(LEAST_MILLIS, MOST_MILLIS, this::subscribe);
    }

    private void subscribe() {
        Session session = session();
        if (session != null && !stage().isQuiet()) {
            Names.Pattern pattern = Names.pattern(random());
            session.subscribe(pattern.match(), pattern.topic());
        }
    }
}
