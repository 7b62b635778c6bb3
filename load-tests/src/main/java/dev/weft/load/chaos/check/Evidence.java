package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What happened in a round, and what every checker asks about it. */
final class Evidence {
    private final List<Entry> entries;
    private final Bounds bounds;
    private final long origin;
    private final Map<Integer, Life> lives = new HashMap<>();
    private final Disturbances disturbances;
    private final Calls calls;
    private final long end;

    /**
     * @param entries in the order of their times
     * @param origin from when on people count the time
     */
    Evidence(List<Entry> entries, Bounds bounds, long origin) {
        this.entries = entries;
        this.bounds = bounds;
        this.origin = origin;
        for (Entry entry : entries) {
            if (entry instanceof Entry.Opened opened) {
                lives.put(
                        opened.session(),
                        new Life(opened.session(), opened.node(), opened.id(), opened.at(), Life.NEVER));
            } else if (entry instanceof Entry.Closed closed) {
                lives.computeIfPresent(closed.session(), (session, life) -> life.until(closed.at()));
            }
        }
        end = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).at();
        disturbances = Disturbances.of(entries);
        calls = Calls.of(entries);
    }

    List<Entry> entries() {
        return entries;
    }

    Bounds bounds() {
        return bounds;
    }

    Disturbances disturbances() {
        return disturbances;
    }

    Calls calls() {
        return calls;
    }

    /** A time as people read it. */
    String when(long at) {
        return String.format(Locale.ROOT, "%.3f s", (at - origin) / 1e9);
    }

    /** A session as people read it. */
    String who(int session) {
        Life life = lives.get(session);
        return "session " + session + (life == null ? "" : " at node-" + (life.node() + 1));
    }

    /** A call as people read it: made when, by whom, to whom, and how it ended. */
    String what(CallRecord call) {
        String callees = call.invocations().isEmpty()
                ? ", which invoked nobody,"
                : ", which invoked " + who(call.invocations().get(0).session()) + ",";
        String end = call.ended() == Life.NEVER ? " has no end" : " ended at " + when(call.ended());
        return "call " + call.sent().number() + " to " + call.sent().procedure() + " at "
                + when(call.sent().at()) + " by " + who(call.sent().session()) + callees + end;
    }

    /** When the history ends. */
    long end() {
        return end;
    }

    /** Every session that sent or received anything has one. */
    Life life(int session) {
        Life life = lives.get(session);
        if (life == null) {
            throw new IllegalArgumentException("session " + session + " was never opened");
        }
        return life;
    }

    boolean knows(int session) {
        return lives.containsKey(session);
    }

    /**
     * Until when something must have ended that could end at {@code due}: later while a fault may keep its end from being
     * noticed, and when the node that has to tell was frozen.
     */
    long limit(int node, long since, long due) {
        long soon = due + bounds.death() + bounds.margin();
        long limit = disturbances.silent(since, soon) ? due + bounds.silence() + bounds.margin() : soon;
        long frozen = disturbances.frozenUntil(node, since, limit);
        return frozen == Long.MIN_VALUE ? limit : Math.max(limit, later(frozen, bounds.silence() + bounds.margin()));
    }

    private static long later(long time, long by) {
        return time == Life.NEVER ? Life.NEVER : time + by;
    }
}
