package dev.weft.dealer;

import dev.weft.lane.Lane;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One registration as the whole node sees it: its callees in the order of registration. Read by all event loops; changed
 * by {@link RegistrationTable} alone.
 */
public final class Registration {
    private static final CalleeEntry[] NONE = {};

    private final MatchPolicy match;
    private final String procedure;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile CalleeEntry[] callees = NONE;

    Registration(MatchPolicy match, String procedure) {
        this.match = match;
        this.procedure = procedure;
    }

    public MatchPolicy match() {
        return match;
    }

    /** The procedure, or the pattern. */
    public String procedure() {
        return procedure;
    }

    /** In the order of registration; not to be changed. */
    CalleeEntry[] callees() {
        return callees;
    }

    /**
     * The policy of the last callee is that of all, because the cluster lets no other register; an earlier one with
     * another policy is on a node that is gone.
     */
    static InvocationPolicy policy(CalleeEntry[] callees) {
        return callees[callees.length - 1].invoke();
    }

    /** Whose turn it is: counts up, over all event loops of this node. */
    int nextTurn(int callees) {
        return Math.floorMod(turn.getAndIncrement(), callees);
    }

    void add(CalleeEntry callee) {
        callees = Stream.concat(
                        Arrays.stream(callees).filter(present -> !same(present, callee.session(), callee.lane())),
                        Stream.of(callee))
                .sorted(Comparator.comparingLong(CalleeEntry::order))
                .toArray(CalleeEntry[]::new);
    }

    boolean remove(long session, Lane lane) {
        return keep(present -> !same(present, session, lane));
    }

    boolean removeAll(Lane lane) {
        return keep(present -> present.lane() != lane);
    }

    /** Whether none is left. */
    private boolean keep(Predicate<CalleeEntry> kept) {
        callees = Arrays.stream(callees).filter(kept).toArray(CalleeEntry[]::new);
        return callees.length == 0;
    }

    private static boolean same(CalleeEntry callee, long session, Lane lane) {
        return callee.session() == session && callee.lane() == lane;
    }
}
