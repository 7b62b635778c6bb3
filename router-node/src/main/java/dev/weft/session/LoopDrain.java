package dev.weft.session;

import dev.weft.lane.LocalLane;
import dev.weft.transport.CloseReason;
import dev.weft.wamp.WampError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * The end of the clients of one event loop when its node stops. They get their turns in random order over time, so that
 * they do not all reconnect at once. A client that has calls to answer then gets no more of them, and is closed when it has
 * answered or the time for that is over. Belongs to its event loop.
 */
final class LoopDrain {
    /** How long to wait for a moment at which a client has no call of its own in flight; some always have one. */
    private static final Duration OWN_CALLS = Duration.ofSeconds(5);

    /**
     * A client that had its turn.
     *
     * @param since when that was
     */
    private record Finishing(SessionProtocol client, long since) {}

    private final DrainPlan plan;
    private final LocalLane lane;
    private final LongSupplier nanoClock;
    private final long deadline;
    private final ClosingPace pace;
    private final Queue<SessionProtocol> waiting;
    private final List<Finishing> finishing = new ArrayList<>();

    LoopDrain(
            Collection<SessionProtocol> clients,
            DrainPlan plan,
            LocalLane lane,
            Random random,
            LongSupplier nanoClock) {
        this.plan = plan;
        this.lane = lane;
        this.nanoClock = nanoClock;
        long now = nanoClock.getAsLong();
        this.deadline = now + plan.timeout().toNanos();
        this.pace = new ClosingPace(clients.size(), plan.spread(), now, random.nextDouble());
        List<SessionProtocol> shuffled = new ArrayList<>(clients);
        Collections.shuffle(shuffled, random);
        this.waiting = new ArrayDeque<>(shuffled);
    }

    /** Closes whose time has come, and comes back until all are closed. */
    void run() {
        long now = nanoClock.getAsLong();
        finishing.removeIf(one -> one.client.isEnded() || (isFinished(one, now) && close(one.client, now)));
        while (pace.isNextDue(now) && pace.mayClose(now)) {
            Finishing next = new Finishing(waiting.remove(), now);
            pace.turnTaken();
            if (!next.client.isEnded() && !(isFinished(next, now) && close(next.client, now))) {
                finishing.add(next);
            }
        }
        if (!waiting.isEmpty() || !finishing.isEmpty()) {
            lane.schedule(ClosingPace.TICK.toMillis(), this::run);
        }
    }

    private boolean isFinished(Finishing one, long now) {
        boolean hasAnswered = one.client.finish();
        boolean waits = one.client.awaitsResults() && now - one.since < OWN_CALLS.toNanos();
        return (hasAnswered && !waits) || now - deadline >= 0;
    }

    /** Whether it could be closed: not more than the pace allows are. */
    private boolean close(SessionProtocol client, long now) {
        if (!pace.mayClose(now)) {
            return false;
        }
        pace.closed();
        if (plan.goodbye()) {
            client.goodbye(WampError.CLOSE_SYSTEM_SHUTDOWN.uri(), null, CloseReason.NODE_SHUTDOWN);
        } else {
            client.close(CloseReason.NODE_SHUTDOWN);
        }
        return true;
    }
}
