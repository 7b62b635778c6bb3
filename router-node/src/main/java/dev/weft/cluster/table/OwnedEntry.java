package dev.weft.cluster.table;

import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.lane.LocalLane;
import dev.weft.link.TableChange;
import dev.weft.wamp.WampError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One entry that this node owns, on its way into the tables and out of them. Only one thing happens to it at a time;
 * requests wait for their turn:
 *
 * <pre>
 * ABSENT -> STORING -> TELLING -> PRESENT -> RETRACTING -> REMOVING -> ABSENT
 * </pre>
 *
 * An addition is stored, then told to the peers, and is shown in this node's mirror and answered when all of them have
 * acknowledged it. A removal goes the other way: off the mirror at once, then told, and off the store when everybody
 * knows, so that nobody is granted what somebody may still see as taken. While it is present it may be stored again, and
 * requests are served meanwhile. Confined to the control thread.
 */
final class OwnedEntry implements Announced, HeldEntry {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedEntry.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private enum Phase {
        ABSENT,
        STORING,
        TELLING,
        PRESENT,
        RETRACTING,
        REMOVING,
        /** Nobody here holds it, but the store did not confirm that it is gone. */
        LEFT_BEHIND
    }

    /** What the cluster granted. */
    private record Holding(Subject subject, Decision.Granted granted) {}

    private final TableKey key;
    private final TakenIds ids;
    private final Peers peers;
    private final ControlThread control;
    private final TableCounters counters;
    private final Runnable settled;
    private final Deque<Request> waiting = new ArrayDeque<>(1);
    private final Map<LocalLane, Request> holders = new LinkedHashMap<>(2);
    private final List<Request> leaving = new ArrayList<>(0);
    private final List<Runnable> renewals = new ArrayList<>(0);
    private Phase phase = Phase.ABSENT;
    private @Nullable Holding holding;
    private boolean renewing;
    private boolean refusedLately;
    private @Nullable String revocation;

    /** @param settled run when nothing is held, stored or waited for: the entry can be forgotten */
    OwnedEntry(
            TableKey key, TakenIds ids, Peers peers, ControlThread control, TableCounters counters, Runnable settled) {
        this.key = key;
        this.ids = ids;
        this.peers = peers;
        this.control = control;
        this.counters = counters;
        this.settled = settled;
    }

    void request(Request request) {
        waiting.add(request);
        advance();
    }

    @Override
    public void renew(Runnable over) {
        renewals.add(over);
        advance();
    }

    /** Takes it from whoever holds it here, because one that excludes it stays. */
    void revoke(String reason) {
        if (holding != null && revocation == null) {
            revocation = reason;
            advance();
        }
    }

    /** The id it has; 0 if it is not held. */
    long id() {
        return holding == null ? 0 : holding.granted.id();
    }

    /** Takes out of the store what nobody here holds. Before anything is asked for. */
    void discard(Subject ghost) {
        remove(ghost);
    }

    @Override
    public @Nullable TableChange settled() {
        return holding == null ? null : holding.subject.added(holding.granted);
    }

    @Override
    public int bucket() {
        return EntryDigest.bucket(key);
    }

    @Override
    public void announce(Consumer<TableChange> peer) {
        TableChange added = settled();
        if (added != null) {
            peer.accept(added);
        }
    }

    private void advance() {
        boolean moved = true;
        while (moved) {
            moved = switch (phase) {
                case ABSENT, LEFT_BEHIND -> begin();
                case PRESENT -> holding != null && serve(holding);
                default -> false;
            };
        }
    }

    private boolean begin() {
        Request next = waiting.poll();
        if (next == null) {
            endRenewals();
            if (phase == Phase.ABSENT && !renewing) {
                settled.run();
            }
            return false;
        }
        if (!next.isAddition()) {
            next.giveUp();
            return true;
        }
        if (next.isAnswered()) {
            return true;
        }
        Decision.Refused refusal = next.subject().refusal();
        if (refusal != null) {
            next.refuse(refusal.error(), refusal.message());
            return true;
        }
        phase = Phase.STORING;
        next.subject()
                .store(ids.propose(key))
                .whenCompleteAsync((decision, failure) -> decided(next, decision, failure), control);
        return false;
    }

    private void decided(Request founder, @Nullable Decision decision, @Nullable Throwable failure) {
        if (decision instanceof Decision.Refused refused) {
            founder.refuse(refused.error(), refused.message());
            phase = Phase.ABSENT;
            advance();
            return;
        }
        if (!(decision instanceof Decision.Granted granted)) {
            LOG.warn("{} was not decided: {}", key, String.valueOf(failure));
            founder.giveUp();
            remove(founder.subject());
            return;
        }
        if (!ids.take(granted.id(), key)) {
            LOG.warn("{} has id {}, which stands for something else on this node", key, granted.id());
            founder.refuse(WampError.UNAVAILABLE, "the id is in use");
            remove(founder.subject());
            return;
        }
        phase = Phase.TELLING;
        Holding won = new Holding(founder.subject(), granted);
        holding = won;
        peers.tell(won.subject.added(granted), () -> told(founder, won));
    }

    /**
     * Everybody knows. If another node has told meanwhile of one that excludes this one, that may have been answered
     * already, and this one was not: so it gives way, whichever is older.
     */
    private void told(Request founder, Holding won) {
        phase = Phase.PRESENT;
        Decision.Refused refusal = won.subject.refusal();
        if (refusal == null) {
            hold(founder, won);
        } else {
            counters.conflict();
            founder.refuse(refusal.error(), refusal.message());
        }
        advance();
    }

    private boolean serve(Holding held) {
        if (revocation != null) {
            takeFromHolders(held, revocation);
            retract(held);
            return false;
        }
        if (!renewals.isEmpty() && !renewing) {
            renew(held);
        }
        Request next = waiting.peek();
        boolean joins = next != null && next.isAddition() && held.subject.isShared();
        if (holders.isEmpty() && !joins) {
            retract(held);
            return false;
        }
        if (joins && !peers.haveSnapshots()) {
            awaitSnapshots();
            return false;
        }
        waiting.poll();
        if (next == null) {
            return false;
        }
        if (!next.isAddition()) {
            leave(next, held);
        } else if (joins) {
            hold(next, held);
        } else {
            next.refuse(WampError.PROCEDURE_ALREADY_EXISTS, "this session has registered " + key.uri() + " already");
        }
        return true;
    }

    /** Who joins relies on what was told before; a peer that has just come has yet to get that. */
    private void awaitSnapshots() {
        phase = Phase.TELLING;
        peers.awaitSnapshots(() -> {
            phase = Phase.PRESENT;
            advance();
        });
    }

    private void hold(Request request, Holding held) {
        if (request.isAnswered()) {
            return;
        }
        if (holders.put(request.lane(), request) == null) {
            held.subject.show(held.granted, request.lane());
        }
        finishLeaving();
        request.grant(held.granted.id());
    }

    private void leave(Request request, Holding held) {
        if (holders.remove(request.lane()) != null) {
            held.subject.hide(held.granted, request.lane());
        }
        leaving.add(request);
        if (!holders.isEmpty()) {
            finishLeaving();
        }
    }

    private void takeFromHolders(Holding held, String reason) {
        counters.revoked();
        holders.forEach((lane, request) -> {
            held.subject.hide(held.granted, lane);
            request.revoke(held.granted.id(), reason);
        });
        holders.clear();
    }

    private void renew(Holding held) {
        List<Runnable> asked = List.copyOf(renewals);
        renewals.clear();
        renewing = true;
        held.subject
                .renew(held.granted)
                .whenCompleteAsync((decision, failure) -> renewed(held, asked, decision, failure), control);
    }

    private void renewed(Holding held, List<Runnable> asked, @Nullable Decision decision, @Nullable Throwable failure) {
        renewing = false;
        if (decision == null && held.equals(holding)) {
            LOG.debug("{} was not asserted: {}", key, String.valueOf(failure));
            control.later(RETRY, () -> renewAgain(asked));
            return;
        }
        if (decision instanceof Decision.Granted granted && granted.id() != held.granted.id()) {
            revoke("the subscription has another id");
        } else if (decision instanceof Decision.Refused && !refusedLately) {
            // If the other one is live, the mirror will show it and the older one stays; if it is not, it will be
            // purged.
            refusedLately = true;
            control.later(RETRY, () -> {
                refusedLately = false;
                renewAgain(List.of());
            });
        }
        asked.forEach(Runnable::run);
        advance();
    }

    private void renewAgain(List<Runnable> asked) {
        if (phase == Phase.ABSENT) {
            asked.forEach(Runnable::run);
            return;
        }
        renewals.add(() -> asked.forEach(Runnable::run));
        advance();
    }

    private void endRenewals() {
        List<Runnable> asked = List.copyOf(renewals);
        renewals.clear();
        asked.forEach(Runnable::run);
    }

    private void retract(Holding held) {
        phase = Phase.RETRACTING;
        holding = null;
        revocation = null;
        peers.digests().takenBack(held.subject.added(held.granted));
        peers.tell(held.subject.removed(held.granted), () -> {
            ids.release(held.granted.id());
            remove(held.subject);
        });
    }

    private void remove(Subject subject) {
        phase = Phase.REMOVING;
        subject.unstore().whenCompleteAsync((nothing, failure) -> removed(subject, failure), control);
    }

    private void removed(Subject subject, @Nullable Throwable failure) {
        finishLeaving();
        if (failure == null) {
            phase = Phase.ABSENT;
        } else {
            LOG.warn("{} is still in the tables and will be removed later: {}", key, failure.toString());
            phase = Phase.LEFT_BEHIND;
            control.later(RETRY, () -> {
                if (phase == Phase.LEFT_BEHIND) {
                    remove(subject);
                }
            });
        }
        advance();
    }

    private void finishLeaving() {
        leaving.forEach(Request::giveUp);
        leaving.clear();
    }
}
