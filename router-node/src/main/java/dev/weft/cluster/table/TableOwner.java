package dev.weft.cluster.table;

import dev.weft.cluster.table.Mirror.SeenCallee;
import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.InterestRemoved;
import dev.weft.link.NodeId;
import dev.weft.link.NodeState;
import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sessions of this node hold, and how it gets into the tables of the cluster and to the other nodes
 * (docs/adr/0004-hazelcast-holds-links-tell-mirrors-route.md). Every method can be called on any thread and hands over to
 * the control thread, unless it says otherwise; nothing blocks.
 *
 * <p>A request that the cluster does not decide in time is refused as unavailable, and what may have been stored
 * meanwhile is taken back.
 */
public final class TableOwner implements TableDirectory {
    /** Longer than it takes to find a frozen member dead, so that a request survives that. */
    public static final Duration DECISION_TIME = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(TableOwner.class);

    private record CalleeKey(TableKey procedure, long session) {}

    private final WriteBehind store;
    private final Mirror mirror;
    private final ControlThread control;
    private final TableSettings settings;
    private final TableCounters counters = new TableCounters();
    private final ClusterView view;
    private final Peers peers;
    private final Upkeep upkeep;
    private final Deadlines deadlines;
    private final OwnedSessions sessions;
    private final TakenIds subscriptionIds = TakenIds.ofSubscriptions();
    private final TakenIds registrationIds = new TakenIds("registration");
    private final Map<TableKey, OwnedEntry> interest = new LinkedHashMap<>();
    private final Map<CalleeKey, OwnedEntry> callees = new LinkedHashMap<>();
    private final AuditCounters audits = new AuditCounters();
    private final OwnAudit audit;
    private final List<CompletableFuture<Void>> awaitingEmpty = new ArrayList<>();

    public TableOwner(NodeId self, TableStore store, Mirror mirror, ControlThread control, TableSettings settings) {
        this.store = new WriteBehind(store, mirror, control, this::tellIfEmpty);
        this.mirror = mirror;
        this.control = control;
        this.settings = settings;
        this.view = new ClusterView(self);
        this.peers = new Peers(control, settings.acknowledgement(), counters);
        this.sessions = new OwnedSessions(peers, mirror, control);
        this.upkeep = new Upkeep(view, this.store, peers, control, counters);
        this.deadlines = new Deadlines(control, DECISION_TIME);
        this.audit = new OwnAudit(peers, this::announced, control, audits);
        alsoAsserts(interest::values);
        alsoAsserts(callees::values);
        mirror.whenContested(key -> control.execute(() -> contested(key)));
    }

    /** The sessions of this node, which are told in one sequence with what they hold. */
    public OwnedSessions sessions() {
        return sessions;
    }

    public TableCounters counters() {
        return counters;
    }

    /** The term of the cluster's membership. Any thread. */
    public long term() {
        return view.term();
    }

    /** {@code held} is asserted again together with the tables. Before anything else is called. */
    void alsoAsserts(Supplier<? extends Collection<? extends Renewable>> held) {
        upkeep.reassertion().of(held);
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
        control.execute(() -> {
            upkeep.linkUp(peer.node());
            peers.begin(peer, held(), countedIn);
        });
    }

    /** Nothing told to {@code peer} will be acknowledged any more. */
    public void linkDown(Peer peer) {
        control.execute(() -> {
            peers.end(peer);
            upkeep.linkDown(peer.node());
        });
    }

    /** A peer told its state. */
    public void heard(NodeState state) {
        control.execute(() -> upkeep.heard(state));
    }

    /** @param oldestFirst every member of the cluster as Hazelcast sees it, this one included, in the order of joining */
    public void members(Collection<NodeId> oldestFirst) {
        List<NodeId> members = List.copyOf(oldestFirst);
        control.execute(() -> upkeep.members(members));
    }

    /** A member has gone of which {@link #members} was not told: it came and went, or went and came, too fast. */
    public void vanished() {
        control.execute(upkeep::vanished);
    }

    /** This member's side of a split was given up for the other; Hazelcast dropped what that side had stored. */
    public void merged() {
        control.execute(upkeep::merged);
    }

    /** {@code node} is gone for good, whatever Hazelcast says. */
    public void forgotten(NodeId node) {
        control.execute(() -> upkeep.forgotten(node));
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

    /** What this node holds is compared by {@code comparison} with what is stored of it. Before anything else is called. */
    public void comparedBy(StoreAudit comparison) {
        comparison.add(TableKind.INTEREST, new StoreAudit.Table(interest::values, this::discardInterest));
        comparison.add(TableKind.CALLEES, new StoreAudit.Table(callees::values, this::discardCallee));
        // A node that joins is told everything, and Hazelcast hands it its share.
        comparison.notWhile(() -> !peers.haveSnapshots());
    }

    private void discardInterest(TableChange removal) {
        InterestRemoved ghost = (InterestRemoved) removal;
        TableKey key = new TableKey(ghost.realm(), ghost.match(), ghost.topic());
        if (!interest.containsKey(key)) {
            entry(interest, key, key, subscriptionIds).discard(subject(key));
        }
    }

    private void discardCallee(TableChange removal) {
        CalleeRemoved ghost = (CalleeRemoved) removal;
        TableKey procedure = new TableKey(ghost.realm(), ghost.match(), ghost.procedure());
        CalleeKey key = new CalleeKey(procedure, ghost.session());
        if (!callees.containsKey(key)) {
            CalleeClaim claim = new CalleeClaim(
                    ghost.realm(), ghost.match(), ghost.procedure(), InvocationPolicy.SINGLE, ghost.session());
            entry(callees, key, procedure, registrationIds).discard(new CalleeSubject(claim, 0, view, store, mirror));
        }
    }

    /** This node is about to leave. Completes when every peer has acknowledged that; those that come later are told, too. */
    public CompletionStage<Void> drain() {
        CompletableFuture<Void> known = new CompletableFuture<>();
        control.execute(() -> upkeep.drain(() -> known.complete(null)));
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
        if (interest.isEmpty() && callees.isEmpty() && store.isIdle()) {
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
            if (request.isAddition() && entries == callees && isTooSmall(request)) {
                return;
            }
            entry(entries, entryKey, key, ids).request(request);
            deadlines.watch(request);
        });
    }

    private <K> OwnedEntry entry(Map<K, OwnedEntry> entries, K entryKey, TableKey key, TakenIds ids) {
        return entries.computeIfAbsent(
                entryKey,
                same -> new OwnedEntry(key, ids, peers, control, counters, () -> {
                    entries.remove(entryKey);
                    tellIfEmpty();
                }));
    }

    private boolean isTooSmall(Request registration) {
        int live = view.live().size();
        if (live >= settings.minimumSize()) {
            return false;
        }
        registration.refuse(
                WampError.UNAVAILABLE,
                "nothing can be registered with fewer live nodes (" + live + ") than cluster.minimum-size ("
                        + settings.minimumSize() + ")");
        return true;
    }

    private List<TableChange> announced() {
        List<TableChange> changes = new ArrayList<>();
        held().forEach(held -> held.announce(changes::add));
        return changes;
    }

    /** What there is to tell of this node, its state first. */
    private List<Announced> held() {
        List<Announced> held = new ArrayList<>(interest.size() + callees.size() + 1);
        held.add(peer -> peer.accept(upkeep.state()));
        held.addAll(sessions.held());
        held.addAll(interest.values());
        held.addAll(callees.values());
        return held;
    }

    /** Entries of several nodes exclude each other: what this node holds and must give way is revoked. */
    private void contested(TableKey key) {
        OwnedEntry topic = interest.get(key);
        if (topic != null && topic.id() > mirror.subscriptionOf(key)) {
            counters.conflict();
            LOG.warn("Subscription {} of {} is revoked: another node has it with a smaller id", topic.id(), key);
            topic.revoke("the subscription has another id since two parts of the cluster were joined");
        }
        List<SeenCallee> seen = mirror.calleesOf(key);
        for (SeenCallee callee : seen) {
            OwnedEntry entry = callees.get(new CalleeKey(key, callee.session()));
            if (entry != null && callee.node().equals(view.self())) {
                contested(key, callee, entry, seen);
            }
        }
    }

    private void contested(TableKey key, SeenCallee own, OwnedEntry entry, List<SeenCallee> seen) {
        counters.conflict();
        if (own.called()) {
            return;
        }
        NodeId winner = seen.stream()
                .filter(SeenCallee::called)
                .map(SeenCallee::node)
                .findFirst()
                .orElse(view.self());
        LOG.warn(
                "Registration of {} ({}) in realm {} by session {} on {} is revoked: {} has an older one",
                key.uri(),
                key.match().text(),
                key.realm(),
                own.session(),
                view.self(),
                winner);
        entry.revoke("an older registration of the procedure was found on another node");
    }

    private Subject subject(TableKey key) {
        return new InterestSubject(key, view, store, mirror);
    }

    private Subject subject(CalleeClaim claim, LocalLane lane) {
        return new CalleeSubject(claim, lane.index(), view, store, mirror);
    }
}
