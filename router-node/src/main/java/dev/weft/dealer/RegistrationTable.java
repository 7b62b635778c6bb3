package dev.weft.dealer;

import dev.weft.lane.Lane;
import dev.weft.link.RoutedPressure;
import dev.weft.session.RealmHoldings;
import dev.weft.uri.IdIndex;
import dev.weft.uri.Matches;
import dev.weft.uri.PatternIndex;
import dev.weft.wamp.MatchPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The mirror of one realm's registrations on this node. Reading takes no lock and may be done on any thread; changes are
 * made by whoever speaks for the lane of the callee and are serialized here.
 */
public final class RegistrationTable {
    /** Exact, then the longest prefix; of wildcard patterns the best is found first. */
    private static final Comparator<Registration> BEST_FIRST = Comparator.comparing(Registration::match)
            .thenComparing(
                    one -> one.match() == MatchPolicy.PREFIX ? -one.procedure().length() : 0);

    private final PatternIndex<Registration> index = new PatternIndex<>();
    private final IdIndex<Registration> ids = new IdIndex<>(Registration::id);
    private final RealmHoldings holdings = new RealmHoldings();
    private final InstantSource clock;
    private final RegistrationObserver observer;

    /** @param clock for people: when each registration was created */
    public RegistrationTable(InstantSource clock, RegistrationObserver observer) {
        this.clock = clock;
        this.observer = observer;
    }

    /** What the sessions of this node hold. */
    RealmHoldings holdings() {
        return holdings;
    }

    /** Returns whether callees of the procedure exclude each other now. */
    public synchronized boolean add(MatchPolicy match, String procedure, CalleeEntry callee) {
        Registration registration =
                index.computeIfAbsent(match, procedure, () -> new Registration(match, procedure, clock.millis()));
        boolean first = registration.isEmpty();
        long before = registration.id();
        boolean further = registration.add(callee);
        moved(registration, before);
        if (further) {
            observer.added(registration, callee, first);
        }
        return registration.isContested();
    }

    /** Returns whether those that are left exclude each other: who had to give way may have lost to the one that is gone. */
    public synchronized boolean remove(MatchPolicy match, String procedure, long session, Lane lane) {
        Registration registration = index.get(match, procedure);
        if (registration == null) {
            return false;
        }
        long before = registration.id();
        List<CalleeEntry> callees = registration.remove(session, lane);
        moved(registration, before);
        gone(registration, callees);
        return registration.isContested();
    }

    /**
     * Nobody is behind {@code lane} any more.
     *
     * @param contested told of each procedure that lost callees and whose other callees exclude each other
     */
    public synchronized void removeAll(Lane lane, BiConsumer<MatchPolicy, String> contested) {
        List<Registration> behind = new ArrayList<>();
        index.forEach((uri, registration) -> {
            if (registration.hasCalleeBehind(lane)) {
                behind.add(registration);
            }
        });
        for (Registration registration : behind) {
            long before = registration.id();
            List<CalleeEntry> callees = registration.removeAll(lane);
            moved(registration, before);
            gone(registration, callees);
            if (registration.isContested()) {
                contested.accept(registration.match(), registration.procedure());
            }
        }
    }

    private void moved(Registration registration, long before) {
        if (registration.id() != before) {
            ids.remove(before, registration);
            ids.add(registration);
        }
    }

    private void gone(Registration registration, List<CalleeEntry> callees) {
        if (registration.isEmpty()) {
            index.remove(registration.match(), registration.procedure());
            ids.remove(registration.id(), registration);
        }
        for (int i = 0; i < callees.size(); i++) {
            boolean last = registration.isEmpty() && i == callees.size() - 1;
            observer.removed(registration, callees.get(i), last);
        }
    }

    /** Some callee of the procedure with a property; null if none has it. */
    public synchronized @Nullable CalleeEntry find(
            MatchPolicy match, String procedure, Predicate<CalleeEntry> property) {
        Registration registration = index.get(match, procedure);
        if (registration != null) {
            for (CalleeEntry callee : registration.known()) {
                if (property.test(callee)) {
                    return callee;
                }
            }
        }
        return null;
    }

    /** Every callee known, in the order of registration, and whether calls go to it: not to one that must give way. */
    public synchronized Map<CalleeEntry, Boolean> known(MatchPolicy match, String procedure) {
        Map<CalleeEntry, Boolean> known = new LinkedHashMap<>();
        Registration registration = index.get(match, procedure);
        if (registration != null) {
            Set<CalleeEntry> called = Set.of(registration.callees());
            for (CalleeEntry callee : registration.known()) {
                known.put(callee, called.contains(callee));
            }
        }
        return known;
    }

    /** Null if nobody has registered it. */
    public @Nullable Registration find(MatchPolicy match, String procedure) {
        return index.get(match, procedure);
    }

    public @Nullable Registration byId(long id) {
        return ids.find(id);
    }

    /** What another node says of how callees keep up, or asks. Any thread. */
    public void received(RoutedPressure pressure, Lane node) {
        Registration registration = byId(pressure.id());
        if (registration != null) {
            registration.pressure(pressure.realm()).received(pressure, node);
        }
    }

    /** Each registration. Weakly consistent with changes meanwhile. */
    public void forEachRegistration(Consumer<Registration> action) {
        index.forEach((procedure, registration) -> action.accept(registration));
    }

    /** The one registration that {@code procedure} is called on, by the precedence of the specification, or null. */
    public @Nullable Registration match(String procedure, Matches<Registration> scratch) {
        return index.matchBest(procedure, scratch);
    }

    /**
     * As {@link #match}, but a registration of which nobody is left but {@code gone} counts for nothing: its removal is
     * under way.
     */
    @Nullable
    Registration matchWithout(List<CalleeEntry> gone, String procedure, Matches<Registration> scratch) {
        index.matchAll(procedure, scratch);
        return IntStream.range(0, scratch.size())
                .mapToObj(scratch::get)
                .filter(registration -> !gone.containsAll(List.of(registration.callees())))
                .min(BEST_FIRST)
                .orElse(null);
    }

    /** Each callee of each registration, those that must give way included. Weakly consistent with changes meanwhile. */
    public void forEach(Visitor visitor) {
        index.forEach((procedure, registration) -> {
            for (CalleeEntry callee : registration.known()) {
                visitor.visit(registration.match(), procedure, callee);
            }
        });
    }

    /** Takes what the table holds. */
    @FunctionalInterface
    public interface Visitor {
        void visit(MatchPolicy match, String procedure, CalleeEntry callee);
    }

    public int size() {
        return index.size();
    }

    /** How many of one match policy. */
    public int size(MatchPolicy match) {
        return index.size(match);
    }
}
