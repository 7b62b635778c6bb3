package dev.weft.realm;

import dev.weft.lane.LocalLane;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;

/**
 * After a change of the rules: takes from each session what it holds and may not have any more, some sessions at a time, so that
 * the event loop serves its clients meanwhile. Belongs to an event loop.
 */
final class RulesReview {
    private static final int PER_TURN = 1000;

    private final Queue<MessageRouter> left;
    private final LocalLane lane;

    private RulesReview(Collection<MessageRouter> sessions, LocalLane lane) {
        this.left = new ArrayDeque<>(sessions);
        this.lane = lane;
    }

    /** @param lane to the event loop */
    static void begin(Collection<MessageRouter> sessions, LocalLane lane) {
        new RulesReview(sessions, lane).goOn();
    }

    private void goOn() {
        int held = 0;
        while (held < PER_TURN) {
            MessageRouter next = left.poll();
            if (next == null) {
                return;
            }
            held += 1 + next.review();
        }
        lane.schedule(0, this::goOn);
    }
}
