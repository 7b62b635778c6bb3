package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.table.MirrorAudits.Verification;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.LocalLane;
import dev.weft.link.BucketBegin;
import dev.weft.link.BucketWanted;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.CalleeTraits;
import dev.weft.link.DigestWanted;
import dev.weft.link.InterestAdded;
import dev.weft.link.NodeId;
import dev.weft.link.SessionJoined;
import dev.weft.link.SessionLeft;
import dev.weft.link.TableChange;
import dev.weft.link.TableDigest;
import dev.weft.link.TableKind;
import dev.weft.link.Testament;
import dev.weft.link.TestamentAdded;
import dev.weft.link.TestamentsFlushed;
import dev.weft.testkit.TestLanes;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.TestamentScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What another node holds, and what this one knows of it. */
class MirrorAuditTest {
    private static final String REALM = "realm1";

    private final LocalLane loop = TestLanes.local(0);
    private AuditedPair pair = new AuditedPair(1, true);

    @BeforeEach
    void theOwnerHoldsSomething() {
        hold(pair);
    }

    private void hold(AuditedPair at) {
        for (int i = 0; i < 100; i++) {
            at.owner.addInterest(REALM, MatchPolicy.EXACT, "com.example.t" + i, loop, answer -> {});
            CalleeClaim claim = new CalleeClaim(
                    REALM, MatchPolicy.EXACT, "com.example.p" + i % 20, InvocationPolicy.ROUNDROBIN, 1 + i / 20);
            at.owner.addCallee(claim, loop, answer -> {});
        }
        at.settle();
        assertThat(at.mirrored()).hasSize(200).isEqualTo(at.truth());
    }

    private CalleeAdded someCallee() {
        return pair.mirror.callees.values().stream()
                .min(Comparator.comparing(CalleeAdded::procedure).thenComparing(CalleeAdded::session))
                .orElseThrow();
    }

    @Test
    void whereWalksTakeLongNotEachDigestIsComparedUnlessSomeoneAsks() {
        pair.walk = Duration.ofSeconds(1);
        pair.round();
        long first = pair.counters.status().digests();
        pair.round();
        assertThat(pair.counters.status().digests()).isEqualTo(first);

        CompletableFuture<Verification> answer = pair.audits.verify(false);
        pair.settle();
        assertThat(answer.join().differences()).isEmpty();
        assertThat(answer.join().unanswered()).isEmpty();
        long asked = pair.counters.status().digests();
        assertThat(asked).isGreaterThan(first);

        pair.background.pass(Duration.ofSeconds(20L * asked));
        pair.round();
        assertThat(pair.counters.status().digests()).isGreaterThan(asked);
    }

    private void isFoundAndMendedInOneRound(int buckets, int ghosts) {
        assertThat(pair.mirrored()).isNotEqualTo(pair.truth());
        pair.round();
        AuditCounters.Status status = pair.counters.status();
        assertThat(status.differencesFound()).isEqualTo(buckets);
        assertThat(status.differencesRepaired()).isEqualTo(buckets);
        assertThat(status.entriesDropped()).isEqualTo(ghosts);
        assertThat(pair.mirrored()).isEqualTo(pair.truth());
        pair.round();
        assertThat(pair.counters.status().differencesFound())
                .as("nothing is found in the next round")
                .isEqualTo(buckets);
    }

    @Test
    void whatIsTheSameIsLeftAlone() {
        pair.round();
        assertThat(pair.counters.status().digests()).isEqualTo(3);
        assertThat(pair.counters.status().differencesFound()).isZero();
        assertThat(pair.counters.status().bucketsLeft()).isZero();
    }

    @Test
    void anEntryThatWasLostIsToldAgain() {
        pair.mirror.interestRemoved(REALM, MatchPolicy.EXACT, "com.example.t7", pair.lane);
        isFoundAndMendedInOneRound(1, 0);
    }

    @Test
    void anEntryThatNobodyHoldsIsDropped() {
        pair.mirror.interestAdded(REALM, MatchPolicy.WILDCARD, "com..ghost", 99, pair.lane);
        isFoundAndMendedInOneRound(1, 1);
    }

    @Test
    void aSubscriptionWithAnotherIdGetsItsOwnAgain() {
        pair.mirror.interestAdded(REALM, MatchPolicy.EXACT, "com.example.t7", 99, pair.lane);
        isFoundAndMendedInOneRound(1, 0);
    }

    @Test
    void aCalleeInAnotherPlaceIsPutBack() {
        CalleeAdded callee = someCallee();
        pair.mirror.calleeAdded(
                new CalleeAdded(
                        callee.realm(),
                        callee.match(),
                        callee.procedure(),
                        callee.invoke(),
                        callee.registration(),
                        callee.order() + 1,
                        callee.session(),
                        callee.term(),
                        callee.loop(),
                        CalleeTraits.NONE),
                AuditedPair.OWNER,
                pair.lane);
        isFoundAndMendedInOneRound(1, 0);
    }

    @Test
    void aCalleeThatWasLostAndOneThatNobodyRegisteredAreMended() {
        CalleeAdded lost = someCallee();
        pair.mirror.calleeRemoved(
                new CalleeRemoved(REALM, lost.match(), lost.procedure(), 0, lost.session()), pair.lane);
        pair.mirror.calleeAdded(
                new CalleeAdded(
                        REALM, lost.match(), lost.procedure(), lost.invoke(), 1, 50, 777, 1, 0, CalleeTraits.NONE),
                AuditedPair.OWNER,
                pair.lane);
        isFoundAndMendedInOneRound(1, 1);
    }

    @Test
    void aSessionThatWasLostIsToldAgainWithItsTestamentsAndAGhostIsDropped() {
        pair.open(500);
        Testament testament = new Testament(1, "com.example.gone", false, null, null, null, Payload.EMPTY);
        pair.owner.sessions().addTestament(REALM, 500, TestamentScope.DESTROYED, testament, loop, () -> {});
        pair.settle();
        SessionLeft left = new SessionLeft(REALM, 500, false);
        pair.mirror.sessionLeft(left, pair.lane);
        pair.mirror.told.clear();
        isFoundAndMendedInOneRound(1, 0);
        assertThat(pair.mirror.told)
                .containsExactly(
                        new TestamentsFlushed(REALM, 500, TestamentScope.DETACHED),
                        new TestamentsFlushed(REALM, 500, TestamentScope.DESTROYED),
                        new TestamentAdded(REALM, 500, TestamentScope.DESTROYED, testament));
    }

    @Test
    void withoutRepairADifferenceIsOnlyToldAndThenMendedWhenSomeoneAsks() {
        pair = new AuditedPair(1, false);
        hold(pair);
        pair.mirror.interestRemoved(REALM, MatchPolicy.EXACT, "com.example.t7", pair.lane);
        pair.round();
        assertThat(pair.counters.status().differencesFound()).isOne();
        assertThat(pair.counters.status().differencesRepaired()).isZero();

        Verification seen = verify(false);
        assertThat(seen.differences()).hasSize(1).first().satisfies(difference -> {
            assertThat(difference.node()).isEqualTo("owner");
            assertThat(difference.table()).isEqualTo(TableKind.INTEREST);
            assertThat(difference.repaired()).isFalse();
        });
        assertThat(pair.mirrored()).isNotEqualTo(pair.truth());

        Verification mended = verify(true);
        assertThat(mended.differences()).hasSize(1).allMatch(TableDifference::repaired);
        assertThat(mended.undecided()).isZero();
        assertThat(mended.unanswered()).isEmpty();
        assertThat(pair.mirrored()).isEqualTo(pair.truth());
        assertThat(verify(false).differences()).isEmpty();
    }

    private Verification verify(boolean repair) {
        CompletableFuture<Verification> asked = pair.audits.verify(repair);
        pair.settle();
        assertThat(asked).isDone();
        return asked.join();
    }

    @Test
    void aDigestThatTheOwnerCountedWrongIsPutRightWhenTheBucketIsToldAgain() {
        ManualControl control = new ManualControl();
        Peers peers = new Peers(control, Duration.ofSeconds(2), new TableCounters());
        InterestAdded miscounted = new InterestAdded(REALM, MatchPolicy.EXACT, "com.example.never", 5);
        peers.digests().told(miscounted);
        OwnAudit audit = new OwnAudit(peers, List::of, control, new AuditCounters());
        List<TableChange> told = new ArrayList<>();
        Listening peer = new Listening(told);
        audit.asked(peer, new DigestWanted(TableKind.INTEREST));
        assertThat(told).as("told to who does not have it all").isEmpty();
        peers.begin(peer, List.of(), () -> {});
        control.runAll();
        told.clear();

        audit.asked(peer, new BucketWanted(TableKind.INTEREST, EntryDigest.bucket(miscounted)));
        audit.asked(peer, new DigestWanted(TableKind.INTEREST));

        assertThat(told).hasSize(3).first().isInstanceOf(BucketBegin.class);
        assertThat(((TableDigest) told.get(2)).buckets()).containsOnly(0);
    }

    private static final class Listening implements Peer {
        private final List<TableChange> told;

        private Listening(List<TableChange> told) {
            this.told = told;
        }

        @Override
        public NodeId node() {
            return AuditedPair.OWNER;
        }

        @Override
        public void tell(TableChange change, Runnable acknowledged) {
            told.add(change);
            if (acknowledged != null) {
                acknowledged.run();
            }
        }

        @Override
        public void fence() {}
    }

    @Test
    void whoAsksAsALinkGoesDownIsToldThatThereWasNoAnswer() {
        CompletableFuture<Verification> before = pair.audits.verify(false);
        pair.audits.linkDown(pair.lane);
        pair.settle();
        assertThat(before).isDone();
        assertThat(before.join().unanswered()).containsExactly("owner interest", "owner callees", "owner sessions");
        assertThat(pair.audits.verify(false)).isDone();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whileMuchChangesNothingIsFoundThatIsNotSo(long seed) {
        AuditedPair busy = new AuditedPair(seed, true);
        for (int i = 0; i < 400; i++) {
            churn(busy);
        }
        busy.settle();
        busy.round();
        assertThat(busy.counters.status().differencesFound())
                .as("seed %s", seed)
                .isZero();
        assertThat(busy.mirrored()).as("seed %s", seed).isEqualTo(busy.truth());
    }

    private static void churn(AuditedPair pair) {
        switch (pair.random.nextInt(12)) {
            case 0 -> pair.ownerControl.fireTimersOnly();
            case 1, 2, 3 -> pair.churn();
            default -> pair.step();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverIsDamagedWhileMuchChangesIsMendedByTheFirstQuietRound(long seed) {
        AuditedPair busy = new AuditedPair(seed, true);
        for (int i = 0; i < 400; i++) {
            churn(busy);
            if (busy.random.nextInt(40) == 0) {
                damage(busy);
            }
        }
        damage(busy);
        busy.settle();
        busy.round();
        assertThat(busy.mirrored()).as("seed %s", seed).isEqualTo(busy.truth());
        assertThat(busy.counters.status().differencesFound())
                .as("seed %s", seed)
                .isPositive();
    }

    private static void damage(AuditedPair pair) {
        List<TableChange> known = new ArrayList<>(pair.mirrored());
        known.sort(Comparator.comparing(TableChange::toString));
        int what = pair.random.nextInt(3);
        if (what == 0 || known.isEmpty()) {
            pair.mirror.interestAdded(
                    REALM, MatchPolicy.EXACT, "ghost" + pair.random.nextInt(100), 1_000_000, pair.lane);
            return;
        }
        TableChange entry = known.get(pair.random.nextInt(known.size()));
        if (what == 1) {
            TableChanges.apply(EntryDigest.removal(entry), AuditedPair.OWNER, pair.lane, pair.mirror);
        } else if (entry instanceof SessionJoined session) {
            pair.mirror.sessionJoined(new SessionJoined(REALM, session.details(), 99), pair.lane);
        } else if (entry instanceof InterestAdded interest) {
            pair.mirror.interestAdded(REALM, interest.match(), interest.topic(), 1_000_000, pair.lane);
        } else {
            CalleeAdded callee = (CalleeAdded) entry;
            pair.mirror.calleeAdded(
                    new CalleeAdded(
                            REALM,
                            callee.match(),
                            callee.procedure(),
                            callee.invoke(),
                            callee.registration(),
                            1_000_000,
                            callee.session(),
                            callee.term(),
                            callee.loop(),
                            CalleeTraits.NONE),
                    AuditedPair.OWNER,
                    pair.lane);
        }
    }
}
