package dev.weft.realm;

import dev.weft.auth.RealmAuthentication;
import dev.weft.directory.RealmDirectory;
import dev.weft.lane.LocalLane;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Realms that come into being when a client has proved who it is and joins, and that go when nobody in the cluster has been in them
 * for a while. Each node makes its part when it has a client. Thread-safe: a lock is held for moments, when a client joins
 * such a realm and at intervals.
 */
public final class OnDemandRealms {
    private static final Logger LOG = LoggerFactory.getLogger(OnDemandRealms.class);

    /**
     * What realms are made of.
     *
     * @param name of the configuration; one name has one kind
     * @param authentication who may join, and so have one made
     * @param most how many there may be at once
     * @param idleNanos how long one without sessions stays
     */
    public record Kind(String name, RealmAuthentication authentication, int most, long idleNanos) {}

    /** Where realms come from. */
    public interface Source {
        /** Null if no realm of this name is made. */
        @Nullable
        Kind kind(String uri);

        /** A realm's parts, one for each event loop. */
        List<LoopRealm> make(String uri);
    }

    /** A realm that is there on this node. */
    private static final class Open {
        private final Kind kind;
        private final List<LoopRealm> parts;
        private int joining;
        private long busy;

        Open(Kind kind, List<LoopRealm> parts, long now) {
            this.kind = kind;
            this.parts = parts;
            this.busy = now;
        }

        boolean isInUse() {
            return joining > 0
                    || parts.stream().anyMatch(part -> part.counters().open() > 0);
        }
    }

    private final Source source;
    private final RealmRegistry registry;
    private final RealmDirectory directory;
    private final List<LocalLane> lanes;
    private final List<LoopRealms> loops;
    private final LongSupplier nanoClock;
    private final Map<String, Open> open = new HashMap<>();
    /** What is being decided, by realm. */
    private final Map<String, CompletionStage<Boolean>> claims = new HashMap<>();

    private final Map<String, Integer> full = new HashMap<>();
    private final RealmFigures gone = new RealmFigures();
    private long opened;

    /**
     * @param directory decides for the cluster whether there may be one more
     * @param lanes to the event loops
     * @param loops what is on each of them
     */
    public OnDemandRealms(
            Source source,
            RealmRegistry registry,
            RealmDirectory directory,
            List<LocalLane> lanes,
            List<LoopRealms> loops,
            LongSupplier nanoClock) {
        this.source = source;
        this.registry = registry;
        this.directory = directory;
        this.lanes = List.copyOf(lanes);
        this.loops = List.copyOf(loops);
        this.nanoClock = nanoClock;
    }

    /** The way into a realm that is there, or will be when somebody joins; null if there is none of this name. */
    @Nullable
    OnDemandEntrance entrance(String uri, int loop) {
        Kind kind = source.kind(uri);
        return kind == null ? null : new OnDemandEntrance(this, uri, kind, loop);
    }

    /** Completes with whether the realm is there: false if there are as many of its kind as there may be. Exceptionally if nobody knows. */
    CompletionStage<Boolean> prepare(String uri, Kind kind) {
        CompletableFuture<Boolean> made = new CompletableFuture<>();
        synchronized (this) {
            if (open.containsKey(uri)) {
                return CompletableFuture.completedStage(true);
            }
            CompletionStage<Boolean> known = claims.putIfAbsent(uri, made);
            if (known != null) {
                return known;
            }
        }
        directory.claim(kind.name(), uri, kind.most()).whenComplete((granted, failure) -> {
            claimed(uri, kind, failure == null && granted, failure);
            if (failure != null) {
                made.completeExceptionally(failure);
            } else {
                made.complete(granted);
            }
        });
        return made;
    }

    private synchronized void claimed(String uri, Kind kind, boolean granted, @Nullable Throwable failure) {
        claims.remove(uri);
        if (granted) {
            full.remove(kind.name());
            make(uri, kind);
        } else if (failure != null) {
            LOG.warn("realm {} is not made, because the cluster does not decide that now: {}", uri, failure.toString());
        } else if (full.merge(kind.name(), 1, Integer::sum) == 1) {
            LOG.warn(
                    "there are {} realms of {}, and {} is not made: no more until one has gone",
                    kind.most(),
                    kind.name(),
                    uri);
        }
    }

    /** The realm's part on an event loop, until {@link #joined}; null if it is not there. */
    synchronized @Nullable LoopRealm join(String uri, int loop) {
        Open known = open.get(uri);
        if (known == null) {
            return null;
        }
        known.joining++;
        known.busy = nanoClock.getAsLong();
        return known.parts.get(loop);
    }

    /** The client is in, or was not taken in after all. */
    synchronized void joined(String uri) {
        Open known = open.get(uri);
        if (known != null) {
            known.joining--;
        }
    }

    /** On the other event loops it is there before anything that is put on their lanes from now on. */
    private void make(String uri, Kind kind) {
        Open made = new Open(kind, source.make(uri), nanoClock.getAsLong());
        open.put(uri, made);
        opened++;
        for (int i = 0; i < lanes.size(); i++) {
            LoopRealms here = loops.get(i);
            LoopRealm part = made.parts.get(i);
            lanes.get(i).run(() -> here.adopt(part));
        }
        LOG.info("realm {} is there now, as {} has it", uri, kind.name());
    }

    /** Lets those go in which nobody has been for long enough. To be called at intervals. */
    public synchronized void sweep() {
        long now = nanoClock.getAsLong();
        for (Iterator<Map.Entry<String, Open>> each = open.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Open> entry = each.next();
            Open realm = entry.getValue();
            if (realm.isInUse() || !registry.isEmpty(entry.getKey())) {
                realm.busy = now;
            } else if (now - realm.busy >= realm.kind.idleNanos() && registry.dropIfEmpty(entry.getKey())) {
                each.remove();
                drop(entry.getKey(), realm);
            }
        }
        dropMirrors();
    }

    /** What other nodes had, and nobody here. */
    private void dropMirrors() {
        registry.forEach((name, tables) -> {
            if (tables.isEmpty() && !open.containsKey(name) && !claims.containsKey(name) && source.kind(name) != null) {
                registry.dropIfEmpty(name);
            }
        });
    }

    private void drop(String uri, Open realm) {
        for (int i = 0; i < lanes.size(); i++) {
            LoopRealms here = loops.get(i);
            LoopRealm part = realm.parts.get(i);
            lanes.get(i).run(() -> here.drop(part));
            gone.add(part.figures());
        }
        directory.release(realm.kind.name(), uri);
        LOG.info("realm {} has gone: nobody was in it", uri);
    }

    /** The parts of all that are there, on all event loops. */
    public synchronized List<LoopRealm> parts() {
        return open.values().stream().flatMap(realm -> realm.parts.stream()).toList();
    }

    /** What went on in all that are or were there. */
    public synchronized RealmFigures figures() {
        RealmFigures sum = new RealmFigures();
        sum.add(gone);
        open.values().forEach(realm -> realm.parts.forEach(part -> sum.add(part.figures())));
        return sum;
    }

    /** How many are there on this node. */
    public synchronized int size() {
        return open.size();
    }

    /** How many times one was made on this node. */
    public synchronized long opened() {
        return opened;
    }
}
