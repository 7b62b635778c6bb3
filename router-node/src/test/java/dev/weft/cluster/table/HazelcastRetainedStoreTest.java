package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.TestMembers;
import dev.weft.link.NodeId;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
final class HazelcastRetainedStoreTest implements RetainedStoreContract {
    private static final AtomicInteger REALMS = new AtomicInteger();
    private static final TestMembers MEMBERS = new TestMembers();
    private static HazelcastRetainedStore here;
    private static HazelcastRetainedStore there;

    @BeforeAll
    static void twoMembers() throws Exception {
        here = new HazelcastRetainedStore(MEMBERS.join(new NodeId("a", 1)));
        there = new HazelcastRetainedStore(MEMBERS.join(new NodeId("b", 2)));
    }

    @AfterAll
    static void leave() {
        here.close();
        there.close();
        MEMBERS.close();
    }

    @Override
    public RetainedStore here() {
        return here;
    }

    @Override
    public RetainedStore there() {
        return there;
    }

    @Override
    public String realm() {
        return "realm" + REALMS.incrementAndGet();
    }

    /** Backups follow an operation at once, but nobody waits for them: what is a second old is on another member. */
    @Test
    void whatIsRetainedSurvivesTheMemberThatHadIt() throws Exception {
        HazelcastMembership mortal = MEMBERS.join(new NodeId("c", 3));
        HazelcastRetainedStore dying = new HazelcastRetainedStore(mortal);
        String realm = realm();
        for (int i = 1; i <= 50; i++) {
            TableKey topic = new TableKey(realm, MatchPolicy.EXACT, "com.example.t" + i);
            Payload payload = Payload.of(SerializerId.JSON, 1, new byte[] {'[', ']'});
            dying.retain(
                            topic,
                            new RoutedEvent(realm, i, topic.uri(), new long[0], 0, EventDetails.DEFAULT, null, payload),
                            i)
                    .toCompletableFuture()
                    .join();
        }
        mortal.hazelcast().getPartitionService().forceLocalMemberToBeSafe(10, TimeUnit.SECONDS);
        dying.close();
        MEMBERS.kill(mortal);
        for (int i = 1; i <= 50; i++) {
            TableKey topic = new TableKey(realm, MatchPolicy.EXACT, "com.example.t" + i);
            assertThat(here.newest(topic, USER).toCompletableFuture().join())
                    .as(topic.uri())
                    .isNotNull();
        }
    }
}
