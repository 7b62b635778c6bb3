package dev.weft.cluster.table;

import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.NodeId;
import dev.weft.link.SessionLeft;
import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import dev.weft.testkit.TestLanes;
import dev.weft.wamp.Identity;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SessionDetails;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One node that holds things and one that mirrors them, joined by a link in memory. What runs next is drawn from a seed,
 * also in the middle of a walk through the mirror.
 */
final class AuditedPair {
    static final NodeId OWNER = new NodeId("owner", 1);

    final Random random;
    final ManualControl ownerControl = new ManualControl();
    final ManualControl background = new ManualControl();
    final TableOwner owner =
            new TableOwner(OWNER, new LocalTableStore(), new RecordedMirror(), ownerControl, TableSettings.DEFAULT);
    final RecordedMirror mirror = new RecordedMirror();
    final TestLanes.ToNode lane = new TestLanes.ToNode("owner");
    final AuditCounters counters = new AuditCounters();
    final MirrorAudits audits;
    private final LocalLane loop = TestLanes.local(0);
    private final ManualControl linkLoop = new ManualControl();
    private final Deque<Runnable> toMirror = new ArrayDeque<>();
    private final Deque<TableChange> toOwner = new ArrayDeque<>();
    private final Link link = new Link();
    private final Set<Long> open = new HashSet<>();
    private boolean walking;
    /** How long a walk takes. */
    Duration walk = Duration.ZERO;

    AuditedPair(long seed, boolean repairs) {
        random = new Random(seed);
        audits = new MirrorAudits(new Interrupted(), background, counters, repairs);
        audits.linkUp(link);
        owner.linkUp(link, () -> {});
        settle();
        owner.beginAudits(Duration.ofSeconds(10));
        settle();
    }

    /** A random change of what the owner holds. */
    void churn() {
        int which = random.nextInt(40);
        if (random.nextInt(3) == 0) {
            long session = 1L + which;
            if (open.remove(session)) {
                owner.sessions().closed("realm1", session, loop);
            } else {
                open(session);
            }
            return;
        }
        if (random.nextBoolean()) {
            String topic = "a.topic" + which;
            if (random.nextBoolean()) {
                owner.addInterest("realm1", MatchPolicy.EXACT, topic, loop, answer -> {});
            } else {
                owner.removeInterest("realm1", MatchPolicy.EXACT, topic, loop, () -> {});
            }
            return;
        }
        CalleeClaim claim = new CalleeClaim(
                "realm1", MatchPolicy.PREFIX, "a.procedure" + which % 8, InvocationPolicy.ROUNDROBIN, 1 + which / 8);
        if (random.nextBoolean()) {
            owner.addCallee(claim, loop, answer -> {});
        } else {
            owner.removeCallee(claim, 0, loop, () -> {});
        }
    }

    void open(long session) {
        open.add(session);
        Identity identity = new Identity(session, "someone", "anonymous");
        owner.sessions()
                .opened("realm1", new SessionDetails(identity, "anonymous", "static", "websocket"), loop, () -> {});
    }

    /** Runs one thing that waits, drawn at random; false if nothing waits. */
    boolean step() {
        List<Runnable> ready = new ArrayList<>();
        if (!ownerControl.isIdle()) {
            ready.add(ownerControl::runOne);
        }
        if (!linkLoop.isIdle()) {
            ready.add(linkLoop::runOne);
        }
        if (!background.isIdle() && !walking) {
            ready.add(background::runOne);
        }
        if (!toMirror.isEmpty()) {
            ready.add(() -> toMirror.remove().run());
        }
        if (!toOwner.isEmpty()) {
            ready.add(() -> {
                TableChange told = toOwner.remove();
                owner.asked(link, (TableAudit) told);
            });
        }
        if (ready.isEmpty()) {
            return false;
        }
        Collections.shuffle(ready, random);
        ready.get(0).run();
        return true;
    }

    void settle() {
        while (step()) {
            // until nothing waits
        }
    }

    /** The owner tells its digests, and all that follows from it happens. */
    void round() {
        ownerControl.fireTimers();
        settle();
    }

    /** What the owner would tell someone who came now. */
    Set<TableChange> truth() {
        Set<TableChange> truth = new HashSet<>();
        owner.linkUp(
                new Link() {
                    @Override
                    public void tell(TableChange change, @Nullable Runnable acknowledged) {
                        if (EntryDigest.kind(change) != null) {
                            truth.add(change);
                        }
                    }
                },
                () -> {});
        ownerControl.runAll();
        return truth;
    }

    Set<TableChange> mirrored() {
        Set<TableChange> mirrored = new HashSet<>();
        for (TableKind kind : TableKind.values()) {
            mirror.forEach(kind, lane, mirrored::add);
        }
        return mirrored;
    }

    private class Link implements Peer, AuditedLink {
        @Override
        public NodeId node() {
            return OWNER;
        }

        @Override
        public void tell(TableChange change, @Nullable Runnable acknowledged) {
            toMirror.add(() -> {
                audits.changing(lane, change);
                TableChanges.apply(change, OWNER, lane, mirror);
                if (change instanceof TableAudit audit) {
                    audits.received(lane, audit);
                }
                if (acknowledged != null) {
                    acknowledged.run();
                }
            });
        }

        @Override
        public void tell(TableChange change) {
            toOwner.add(change);
        }

        @Override
        public void fence() {
            throw new AssertionError("nobody is late here");
        }

        @Override
        public Lane lane() {
            return lane;
        }

        @Override
        public Executor loop() {
            return linkLoop;
        }

        @Override
        public boolean isUp() {
            return true;
        }
    }

    /** The mirror, whose walks take so long that other things happen meanwhile. */
    private final class Interrupted extends RecordedMirror {
        @Override
        public void forEach(TableKind table, Lane of, Consumer<TableChange> action) {
            List<TableChange> seen = new ArrayList<>();
            mirror.forEach(table, of, seen::add);
            walking = true;
            for (TableChange entry : seen) {
                if (random.nextInt(8) == 0) {
                    step();
                }
                // What was taken away meanwhile may be seen or not.
                if (mirrored().contains(entry) || random.nextBoolean()) {
                    action.accept(entry);
                }
            }
            walking = false;
            background.pass(walk);
        }

        @Override
        public void interestRemoved(String realm, MatchPolicy match, String topic, Lane of) {
            mirror.interestRemoved(realm, match, topic, of);
        }

        @Override
        public void sessionLeft(SessionLeft session, Lane of) {
            mirror.sessionLeft(session, of);
        }

        @Override
        public void calleeRemoved(CalleeRemoved callee, Lane of) {
            mirror.calleeRemoved(callee, of);
        }
    }
}
