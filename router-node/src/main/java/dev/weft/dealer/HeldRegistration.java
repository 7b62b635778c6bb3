package dev.weft.dealer;

import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.Lane;
import dev.weft.lane.ReceiverPressure;
import dev.weft.transport.Pace;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A registration that a callee was answered REGISTERED for, and the calls that wait there for others to end, if the callee takes
 * only so many at once. Belongs to the callee's event loop.
 */
final class HeldRegistration {
    private final long id;
    private final CalleeClaim claim;
    private final @Nullable ReceiverPressure pressure;
    private final int concurrency;
    private final Queue<PendingInvocation> waiting = new ArrayDeque<>(0);
    private int running;

    /**
     * @param concurrency how many invocations the callee takes at once; 0 for any number
     * @param pressure of all callees; null if the registration is gone already
     */
    HeldRegistration(long id, CalleeClaim claim, int concurrency, @Nullable ReceiverPressure pressure) {
        this.pressure = pressure;
        this.id = id;
        this.claim = claim;
        this.concurrency = concurrency;
    }

    long id() {
        return id;
    }

    CalleeClaim claim() {
        return claim;
    }

    /** The callee takes what it is sent in this way, and is to be counted. */
    void counts(Pace pace) {
        count(pace.counted(), pace.behind());
    }

    /** The callee, which takes what it is sent in this way, is not to be counted any more. */
    void countsNoMore(Pace pace) {
        count(-pace.counted(), -pace.behind());
    }

    private void count(int moreReceivers, int moreBehind) {
        if (pressure != null) {
            pressure.change(moreReceivers, moreBehind);
        }
    }

    /** A call came over {@code from}. */
    void calledFrom(Lane from) {
        if (pressure != null) {
            pressure.sentFrom(from);
        }
    }

    boolean isLimited() {
        return concurrency > 0;
    }

    boolean isBusy() {
        return concurrency > 0 && running >= concurrency;
    }

    void started() {
        running++;
    }

    void ended() {
        running--;
    }

    int waiting() {
        return waiting.size();
    }

    void await(PendingInvocation call) {
        waiting.add(call);
    }

    void giveUp(PendingInvocation call) {
        waiting.remove(call);
    }

    /** The call that has waited longest, if it need not wait any more; it does not wait any more then. */
    @Nullable
    PendingInvocation next() {
        return isBusy() ? null : waiting.poll();
    }

    /** Those that waited, in order; none does any more. */
    List<PendingInvocation> giveUpAll() {
        List<PendingInvocation> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
