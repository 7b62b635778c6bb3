package dev.weft.load.chaos.client;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One client that has a node of its own, goes to others while that is gone, and does what it does by chance. */
abstract class Actor implements SessionListener {
    private static final int MOST_MILLIS_TO_RECONNECT = 400;
    private static final int LEAST_MILLIS_TO_RECONNECT = 50;

    private final Stage stage;
    private final int home;
    private final SplittableRandom random;
    private @Nullable Session session;
    private int attempts;

    Actor(Stage stage, int home, SplittableRandom random) {
        this.stage = stage;
        this.home = home;
        this.random = random;
    }

    void start() {
        stage.connect(home, this);
    }

    /** The session has begun. */
    abstract void joined(Session joined);

    /** Whether it goes to another node when it cannot be at its own, and leaves now and then. */
    boolean wanders() {
        return true;
    }

    @Override
    public void opened(Session opened) {
        session = opened;
        attempts = 0;
        joined(opened);
        if (wanders()) {
            after(20_000, 90_000, this::leave);
        }
    }

    @Override
    public void closed(Session closed) {
        session = null;
        if (stage.isOver()) {
            return;
        }
        int node = wanders() && ++attempts % 2 == 0 ? random.nextInt(stage.nodes()) : home;
        stage.after(
                random.nextInt(LEAST_MILLIS_TO_RECONNECT, MOST_MILLIS_TO_RECONNECT), () -> stage.connect(node, this));
    }

    Stage stage() {
        return stage;
    }

    int home() {
        return home;
    }

    SplittableRandom random() {
        return random;
    }

    /** The session, unless there is none now. */
    @Nullable
    Session session() {
        return session;
    }

    /** If the session is still the same then. */
    void after(int leastMillis, int mostMillis, Runnable action) {
        Session now = session;
        stage.after(random.nextInt(leastMillis, mostMillis + 1), () -> {
            if (now != null && now == session) {
                action.run();
            }
        });
    }

    private void leave() {
        if (session != null && !stage.isQuiet()) {
            session.close();
        }
    }
}
