package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.TestMembers;
import dev.weft.link.NodeId;
import dev.weft.wamp.MatchPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
final class HazelcastHistoryStoreTest implements HistoryStoreContract {
    private static final AtomicInteger REALMS = new AtomicInteger();
    private static final TestMembers MEMBERS = new TestMembers();
    private static HazelcastMembership first;
    private static HazelcastHistoryStore here;
    private static HazelcastHistoryStore there;

    @BeforeAll
    static void twoMembers() throws Exception {
        first = MEMBERS.join(new NodeId("a", 1));
        here = new HazelcastHistoryStore(first);
        there = new HazelcastHistoryStore(MEMBERS.join(new NodeId("b", 2)));
    }

    @AfterAll
    static void leave() {
        MEMBERS.close();
    }

    @Override
    public HistoryStore here() {
        return here;
    }

    @Override
    public HistoryStore there() {
        return there;
    }

    @Override
    public String realm() {
        return "history" + REALMS.incrementAndGet();
    }

    /** Backups follow at once, but nobody waits for them: then what was kept before is with another member, in its order. */
    @Test
    void whatIsKeptSurvivesTheMemberThatHadItAndGoesOn() throws Exception {
        HazelcastMembership mortal = MEMBERS.join(new NodeId("c", 3));
        HazelcastHistoryStore dying = new HazelcastHistoryStore(mortal);
        String realm = realm();
        for (int i = 1; i <= 40; i++) {
            TableKey history = new TableKey(realm, MatchPolicy.EXACT, "com.example.t" + i);
            for (int event = 1; event <= 5; event++) {
                HistoryStoreContract.append(
                        event % 2 == 0 ? dying : here, history, BOUNDS, HistoryLogTest.event(event, event));
            }
        }
        mortal.hazelcast().getPartitionService().forceLocalMemberToBeSafe(10, TimeUnit.SECONDS);
        MEMBERS.kill(mortal);
        for (int i = 1; i <= 40; i++) {
            TableKey history = new TableKey(realm, MatchPolicy.EXACT, "com.example.t" + i);
            HistoryStoreContract.append(there, history, BOUNDS, HistoryLogTest.event(3, 3), HistoryLogTest.event(6, 6));
            assertThat(HistoryStoreContract.publications(here, history))
                    .as(history.uri())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 6).boxed().toList());
        }
    }

    @Test
    void whatNothingComesToAnyMoreIsGoneWhenItIsTooOld() {
        TableKey history = new TableKey(realm(), MatchPolicy.EXACT, "com.example.a");
        HistoryStoreContract.append(here, history, new HistoryBounds(10, 10_000, 1000), HistoryLogTest.event(1, 1));
        assertThat(first.hazelcast().getMap(HazelcastTables.HISTORIES).containsKey(history))
                .isTrue();
        await().until(() -> !first.hazelcast().getMap(HazelcastTables.HISTORIES).containsKey(history));
    }
}
