package dev.weft.session;

import dev.weft.lane.LocalLane;
import dev.weft.transport.CloseReason;
import dev.weft.wamp.WampError;
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
    private final DrainPlan plan;
    private final LocalLane lane;
    private final LongSupplier nanoClock;
    private final long deadline;
    private final ClosingPace pace;
    private final Queue<SessionProtocol> waiting;
    private final List<SessionProtocol> finishing = new ArrayList<>();

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
        finishing.removeIf(client -> client.isEnded() || (isFinished(client, now) && close(client, now)));
        while (pace.isNextDue(now) && pace.mayClose(now)) {
            SessionProtocol client = waiting.remove();
            pace.turnTaken();
            if (!client.isEnded() && !(isFinished(client, now) && close(client, now))) {
                finishing.add(client);
            }
        }
        if (!waiting.isEmpty() || !finishing.isEmpty()) {
            lane.schedule(ClosingPace.TICK.toMillis(), this::run);
        }
    }

    private boolean isFinished(SessionProtocol client, long now) {
        return client.finish() || now - deadline >= 0;
    }

    /** Whether it could be closed: not more than the pace allows are. */
    private boolean close(SessionProtocol client, long now) {
        if (!pace.mayClose(now)) {
            return false;
        }
        pace.closed();
        if (plan.goodbye()) {
            client.goodbye(WampError.CLOSE_SYSTEM_SHUTDOWN, CloseReason.NODE_SHUTDOWN);
        } else {
            client.close(CloseReason.NODE_SHUTDOWN);
        }
        return true;
    }
}
