package dev.weft.cluster.table;

import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.link.NodeState;
import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;
import dev.weft.wamp.MatchPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sessions of this node hold, and how it gets into the tables of the cluster and to the other nodes
 * (docs/adr/0004). Every method can be called on any thread and hands over to the control thread; nothing blocks.
 *
 * <p>A request that the cluster does not decide in time is refused as unavailable, and what may have been stored
 * meanwhile is taken back.
 */
public final class TableOwner implements TableDirectory {
    /** Longer than it takes to find a frozen member dead, so that a request survives that. */
    public static final Duration DECISION_TIME = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(TableOwner.class);
    private static final int DEAD_REMEMBERED = 256;

    private record CalleeKey(TableKey procedure, long session) {}

    private final NodeId self;
    private final TableStore store;
    private final Mirror mirror;
    private final ControlThread control;
    private final Peers peers;
    private final Deadlines deadlines;
    private final TakenIds subscriptionIds = new TakenIds("subscription");
    private final TakenIds registrationIds = new TakenIds("registration");
    private final Map<TableKey, OwnedEntry> interest = new HashMap<>();
    private final Map<CalleeKey, OwnedEntry> callees = new HashMap<>();
    private final Set<NodeId> dead = new LinkedHashSet<>();
    private final AuditCounters audits = new AuditCounters();
    private final List<CompletableFuture<Void>> awaitingEmpty = new ArrayList<>();
    private final OwnAudit audit;
    private boolean draining;

    public TableOwner(NodeId self, TableStore store, Mirror mirror, ControlThread control) {
        this.self = self;
        this.store = store;
        this.mirror = mirror;
        this.control = control;
        this.peers = new Peers(control);
        this.deadlines = new Deadlines(control, DECISION_TIME, System::nanoTime);
        this.audit = new OwnAudit(peers, this::announced, control, audits);
    }

    @Override
    public void addInterest(
            String realm, MatchPolicy match, String topic, LocalLane lane, Consumer<TableAnswer> answer) {
        TableKey key = new TableKey(realm, match, topic);
        ask(interest, key, key, subscriptionIds, Request.addition(subject(key), lane, answer));
    }

    @Override
    public void removeInterest(String realm, MatchPolicy match, String topic, LocalLane lane, Runnable done) {
        TableKey key = new TableKey(realm, match, topic);
        ask(interest, key, key, subscriptionIds, Request.removal(subject(key), lane, done));
    }

    @Override
    public void addCallee(CalleeClaim claim, LocalLane lane, Consumer<TableAnswer> answer) {
        askForCallee(claim, Request.addition(subject(claim, lane), lane, answer));
    }

    @Override
    public void removeCallee(CalleeClaim claim, long registration, LocalLane lane, Runnable done) {
        askForCallee(claim, Request.removal(subject(claim, lane), lane, done));
    }

    /**
     * Tells {@code peer} all that this node holds, and every change from now on.
     *
     * @param countedIn run on the control thread when the peer has all of it
     */
    public void linkUp(Peer peer, Runnable countedIn) {
        control.execute(() -> peers.begin(peer, announced(), countedIn));
    }

    /** Nothing told to {@code peer} will be acknowledged any more. */
    public void linkDown(Peer peer) {
        control.execute(() -> peers.end(peer));
    }

    /** {@code node} is a live member: again, if a split had parted it from this one. */
    public void nodeJoined(NodeId node) {
        control.execute(() -> dead.remove(node));
    }

    /**
     * {@code node} is dead: its callees give way to new ones at once, even before they are removed.
     *
     * @param purge whether it is up to this node to remove what dead nodes left in the store; one live node should
     */
    public void nodeGone(NodeId node, boolean purge) {
        control.execute(() -> {
            dead.add(node);
            if (dead.size() > DEAD_REMEMBERED) {
                dead.remove(dead.iterator().next());
            }
            if (purge) {
                purge();
            }
        });
    }

    /**
     * All that died lately, not only the last: the node that was to remove the others may have died before it could.
     */
    private void purge() {
        store.purge(Set.copyOf(dead)).whenComplete((nothing, failure) -> {
            if (failure != null) {
                LOG.warn("What dead nodes left in the tables was not removed: {}", failure.toString());
            }
        });
    }

    /** What comparing tables has brought to light. */
    public AuditCounters audits() {
        return audits;
    }

    /** From now on all peers are told what this node holds at this interval, more or less, as digests to compare. */
    public void beginAudits(Duration interval) {
        control.execute(() -> audit.begin(interval));
    }

    /** A peer asks about what this node holds. */
    public void asked(Peer peer, TableAudit question) {
        control.execute(() -> audit.asked(peer, question));
    }

    /** This node is about to leave. Completes when every peer has acknowledged that; those that come later are told, too. */
    public CompletionStage<Void> drain() {
        CompletableFuture<Void> known = new CompletableFuture<>();
        control.execute(() -> {
            draining = true;
            peers.tell(new NodeState(true, 0), () -> known.complete(null));
        });
        return known;
    }

    /** Completes when this node holds nothing: all that its sessions held is off the tables. */
    public CompletionStage<Void> givenBack() {
        CompletableFuture<Void> empty = new CompletableFuture<>();
        control.execute(() -> {
            awaitingEmpty.add(empty);
            tellIfEmpty();
        });
        return empty;
    }

    private void tellIfEmpty() {
        if (interest.isEmpty() && callees.isEmpty()) {
            awaitingEmpty.forEach(awaiting -> awaiting.complete(null));
            awaitingEmpty.clear();
        }
    }

    private void askForCallee(CalleeClaim claim, Request request) {
        TableKey procedure = CalleeSubject.keyOf(claim);
        ask(callees, new CalleeKey(procedure, claim.session()), procedure, registrationIds, request);
    }

    private <K> void ask(Map<K, OwnedEntry> entries, K entryKey, TableKey key, TakenIds ids, Request request) {
        control.execute(() -> {
            entries.computeIfAbsent(
                            entryKey,
                            same -> new OwnedEntry(key, ids, peers, control, () -> {
                                entries.remove(entryKey);
                                tellIfEmpty();
                            }))
                    .request(request);
            deadlines.watch(request);
        });
    }

    private List<TableChange> announced() {
        List<TableChange> changes = new ArrayList<>(interest.size() + callees.size() + 1);
        if (draining) {
            changes.add(new NodeState(true, 0));
        }
        for (Map<?, OwnedEntry> entries : List.of(interest, callees)) {
            for (OwnedEntry entry : entries.values()) {
                TableChange change = entry.announced();
                if (change != null) {
                    changes.add(change);
                }
            }
        }
        return changes;
    }

    private Subject subject(TableKey key) {
        return new InterestSubject(key, self, store, mirror);
    }

    private Subject subject(CalleeClaim claim, LocalLane lane) {
        return new CalleeSubject(claim, lane.index(), self, store, mirror, () -> Set.copyOf(dead));
    }
}
