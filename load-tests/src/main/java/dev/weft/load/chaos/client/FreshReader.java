package dev.weft.load.chaos.client;

import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to a topic that nobody has used before, has somebody at another node publish on it as soon as SUBSCRIBED is
 * there, and waits for the event: what is acknowledged must be known everywhere.
 */
final class FreshReader extends Actor {
    private static final int PAUSE_MILLIS = 100;
    private static final int PATIENCE_MILLIS = 12_000;

    private final List<Publisher> publishers;
    private String topic = "";
    private long subscription;
    private long count;
    private boolean waiting;

    FreshReader(Stage stage, int home, SplittableRandom random, List<Publisher> publishers) {
        super(stage, home, random);
        this.publishers = publishers;
    }

    @Override
    void joined(Session joined) {
        joined.subscribeToGaps();
        subscribe();
    }

    @Override
    public void subscribed(long request, long granted) {
        subscription = granted;
        waiting = true;
        long awaited = count;
        Session publisher = publishers.get(random().nextInt(publishers.size())).session();
        if (publisher != null) {
            publisher.publish(topic, true);
        }
        after(publisher == null ? PAUSE_MILLIS : PATIENCE_MILLIS, PATIENCE_MILLIS, () -> {
            if (awaited == count) {
                unsubscribe();
            }
        });
    }

    @Override
    public void event(long of, int publisher, long number) {
        unsubscribe();
    }

    @Override
    public void unsubscribed(long request) {
        after(1, PAUSE_MILLIS, this::subscribe);
    }

    @Override
    public void refused(long request, MessageType type, String error) {
        after(PAUSE_MILLIS, 2 * PAUSE_MILLIS, this::subscribe);
    }

    private void subscribe() {
        @Nullable Session session = session();
        if (session != null && !stage().isQuiet()) {
            topic = Names.freshTopic(session, ++count);
            session.subscribe(MatchPolicy.EXACT, topic);
        }
    }

    private void unsubscribe() {
        @Nullable Session session = session();
        if (session != null && waiting) {
            waiting = false;
            session.unsubscribe(subscription);
        }
    }
}
