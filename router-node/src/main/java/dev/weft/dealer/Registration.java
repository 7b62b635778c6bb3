package dev.weft.dealer;

import dev.weft.lane.Lane;
import dev.weft.lane.ReceiverPressure;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One registration as the whole node sees it: its callees in the order of registration. After a split two nodes may tell
 * of callees that exclude each other; then calls go to the oldest one and those that go with it, on every node, until the
 * others are revoked. Read by all event loops; changed by {@link RegistrationTable} alone.
 */
public final class Registration implements ReceiverPressure.Audience {
    private static final CalleeEntry[] NONE = {};

    private final MatchPolicy match;
    private final String procedure;
    private final long created;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile CalleeEntry[] known = NONE;
    private volatile CalleeEntry[] callees = NONE;
    private volatile long id;
    /** Null for most, whose callees are behind other nodes only. */
    private volatile @Nullable ReceiverPressure pressure;

    Registration(MatchPolicy match, String procedure, long created) {
        this.match = match;
        this.procedure = procedure;
        this.created = created;
    }

    /** That of the callees that calls go to; the last one when there are none any more. */
    @Override
    public long id() {
        return id;
    }

    @Override
    public Set<Lane> everyLane() {
        return Arrays.stream(callees).map(CalleeEntry::lane).collect(Collectors.toSet());
    }

    /** What callers have to wait for, if most callees are behind; else null. */
    @Nullable
    ReceiverPressure congested() {
        ReceiverPressure present = pressure;
        return present != null && present.isCongested() ? present : null;
    }

    /** Who of its callees is behind; made when it is first asked for. */
    synchronized ReceiverPressure pressure(String realm) {
        ReceiverPressure present = pressure;
        if (present == null) {
            present = new ReceiverPressure(realm, true, this);
            pressure = present;
        }
        return present;
    }

    /** When this node first knew of it, in milliseconds since 1970. */
    public long created() {
        return created;
    }

    /** By which a callee is chosen; null if there is none any more. */
    public @Nullable InvocationPolicy invoke() {
        CalleeEntry[] present = callees;
        return present.length == 0 ? null : present[0].invoke();
    }

    /** Those that calls go to, in the order of registration. A copy. */
    public List<CalleeEntry> everyCallee() {
        return List.of(callees);
    }

    public MatchPolicy match() {
        return match;
    }

    /** The procedure, or the pattern. */
    public String procedure() {
        return procedure;
    }

    /** Those that calls go to, in the order of registration, all of one policy; not to be changed. */
    CalleeEntry[] callees() {
        return callees;
    }

    /** All that are known, those that must give way included; not to be changed. */
    CalleeEntry[] known() {
        return known;
    }

    /** Whose turn it is: counts up, over all event loops of this node. */
    int nextTurn(int callees) {
        return Math.floorMod(turn.getAndIncrement(), callees);
    }

    /** Whether it is a further one, and not one that was told once more. */
    boolean add(CalleeEntry callee) {
        if (known.length == 0) {
            // As nearly always, and by the million when a node joins.
            CalleeEntry[] only = {callee};
            known = only;
            callees = only;
            id = callee.registration();
            return true;
        }
        boolean further = Arrays.stream(known).noneMatch(present -> same(present, callee.session(), callee.lane()));
        elect(Stream.concat(
                        Arrays.stream(known).filter(present -> !same(present, callee.session(), callee.lane())),
                        Stream.of(callee))
                .sorted(CalleeEntry.BY_PLACE)
                .toArray(CalleeEntry[]::new));
        return further;
    }

    /** Those that were removed. */
    List<CalleeEntry> remove(long session, Lane lane) {
        List<CalleeEntry> gone = keep(present -> !same(present, session, lane));
        if (!hasCalleeBehind(lane)) {
            forget(lane);
        }
        return gone;
    }

    /** Those that were removed, in the order of registration. */
    List<CalleeEntry> removeAll(Lane lane) {
        List<CalleeEntry> gone = keep(present -> present.lane() != lane);
        forget(lane);
        return gone;
    }

    private void forget(Lane lane) {
        if (pressure != null) {
            pressure.forget(lane);
        }
    }

    boolean hasCalleeBehind(Lane lane) {
        for (CalleeEntry callee : known) {
            if (callee.lane() == lane) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return known.length == 0;
    }

    /** Whether some must give way. */
    boolean isContested() {
        return callees.length < known.length;
    }

    private List<CalleeEntry> keep(Predicate<CalleeEntry> kept) {
        List<CalleeEntry> gone = Arrays.stream(known).filter(kept.negate()).toList();
        if (!gone.isEmpty()) {
            elect(Arrays.stream(known).filter(kept).toArray(CalleeEntry[]::new));
        }
        return gone;
    }

    private void elect(CalleeEntry[] present) {
        known = present;
        CalleeEntry oldest =
                Arrays.stream(present).min(CalleeEntry.OLDEST_FIRST).orElse(null);
        callees = oldest == null
                ? NONE
                : Arrays.stream(present)
                        .filter(callee -> callee.goesWith(oldest))
                        .toArray(CalleeEntry[]::new);
        id = oldest == null ? id : oldest.registration();
    }

    private static boolean same(CalleeEntry callee, long session, Lane lane) {
        return callee.session() == session && callee.lane() == lane;
    }
}
