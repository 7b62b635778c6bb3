package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.TestMembers;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.testkit.TestLanes;
import dev.weft.wamp.Identity;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SessionDetails;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
final class HazelcastTableStoreTest implements TableStoreContract {
    private static final AtomicInteger KEYS = new AtomicInteger();
    private static final TableThread CONTROL = new TableThread("tables");
    private static final TestMembers MEMBERS = new TestMembers();
    private static final LocalLane LANE = TestLanes.local(0);
    private static HazelcastTableStore here;
    private static HazelcastTableStore there;
    private static HazelcastSessionDirectory sessionsHere;
    private static HazelcastSessionDirectory sessionsThere;

    @BeforeAll
    static void twoMembers() throws Exception {
        HazelcastMembership one = MEMBERS.join(A);
        HazelcastMembership other = MEMBERS.join(B);
        here = new HazelcastTableStore(one);
        there = new HazelcastTableStore(other);
        sessionsHere = sessions(one, A, here);
        sessionsThere = sessions(other, B, there);
    }

    private static HazelcastSessionDirectory sessions(HazelcastMembership member, NodeId node, TableStore store) {
        TableOwner owner = new TableOwner(node, store, new RecordedMirror(), CONTROL, TableSettings.DEFAULT);
        return new HazelcastSessionDirectory(member, node, owner, new StoreFlux(store), CONTROL);
    }

    @AfterAll
    static void leave() {
        CONTROL.close();
        here.close();
        there.close();
        MEMBERS.close();
    }

    @Test
    void aSessionWithAnIdThatIsTakenIsTold() {
        AtomicBoolean olderTold = new AtomicBoolean();
        AtomicBoolean youngerTold = new AtomicBoolean();

        sessionsHere.opened("realm1", session(100), LANE, () -> olderTold.set(true));
        await().until(() -> sessionsHere.ownerOf(100) != null);
        sessionsThere.opened("realm1", session(100), LANE, () -> youngerTold.set(true));
        await().untilTrue(youngerTold);
        sessionsThere.closed("realm1", 100, LANE);

        assertThat(olderTold).isFalse();
        assertThat(sessionsThere.ownerOf(100)).isEqualTo(new SessionOwner("realm1", A, 1));
        sessionsHere.closed("realm1", 100, LANE);
        await().until(() -> sessionsHere.ownerOf(100) == null);
    }

    @Test
    void theSessionsOfADeadNodeArePurged() {
        NodeId dead = new NodeId("dead", 9);
        var directory = sessions(MEMBERS.first(), dead, here);
        directory.opened("realm1", session(200), LANE, () -> {});
        await().until(() -> sessionsHere.ownerOf(200) != null);

        there.purge(Stale.ofAllBut(Set.of(A, B), 2))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();

        assertThat(sessionsHere.ownerOf(200)).isNull();
    }

    @Override
    public TableStore here() {
        return here;
    }

    @Override
    public TableStore there() {
        return there;
    }

    @Override
    public @Nullable InterestHolders interestIn(TableKey key) {
        return there.interestIn(key);
    }

    @Override
    public @Nullable CalleeRoster calleesOf(TableKey key) {
        return there.calleesOf(key);
    }

    @Override
    public TableKey freshKey() {
        return new TableKey("realm1", MatchPolicy.EXACT, "com.example.key" + KEYS.incrementAndGet());
    }

    private static SessionDetails session(long session) {
        Identity identity = new Identity(session, "anonymous", "anonymous");
        return new SessionDetails(identity, "anonymous", "static", "websocket");
    }
}
