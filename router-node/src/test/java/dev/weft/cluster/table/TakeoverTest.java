package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.MembershipObserver;
import dev.weft.cluster.membership.TestMembers;
import dev.weft.config.HostPort;
import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.link.NodeId;
import dev.weft.testkit.TestLanes;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of the tables in Hazelcast when a node dies. */
@Tag("cluster")
final class TakeoverTest {
    private static final TableKey TOPIC = new TableKey("realm1", MatchPolicy.EXACT, "com.example.topic");
    private static final TableKey PROCEDURE = new TableKey("realm1", MatchPolicy.EXACT, "com.example.procedure");

    private final TestMembers members = new TestMembers();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        members.close();
    }

    @Test
    void whatADeadNodeHeldCanBeTakenOverWithinTwoSecondsAndIsPurged() throws Exception {
        Node survivor = new Node("survivor", 1);
        Node victim = new Node("victim", 2);
        assertThat(victim.register(20)).isInstanceOf(TableAnswer.Granted.class);
        assertThat(victim.subscribe()).isInstanceOf(TableAnswer.Granted.class);
        assertThat(survivor.register(10)).isInstanceOf(TableAnswer.Refused.class);

        members.kill(victim.membership);

        await().atMost(Duration.ofSeconds(2)).until(() -> survivor.register(10) instanceof TableAnswer.Granted);
        await().until(() -> survivor.store.interestIn(TOPIC) == null);
        assertThat(survivor.store.calleesOf(PROCEDURE).callees())
                .extracting(CalleeRoster.Callee::session)
                .containsExactly(10L);
    }

    private final class Node implements MembershipObserver {
        private final HazelcastMembership membership;
        private final HazelcastTableStore store;
        private final TableOwner owner;

        private Node(String name, long epoch) throws Exception {
            NodeId id = new NodeId(name, epoch);
            TableThread control = new TableThread("tables of " + name);
            membership = members.join(id);
            store = new HazelcastTableStore(membership);
            owner = new TableOwner(id, store, new RecordedMirror(), control, TableSettings.DEFAULT);
            membership.watch(control, this);
            open.add(store);
            open.add(control);
        }

        private TableAnswer register(long session) throws Exception {
            CompletableFuture<TableAnswer> answer = new CompletableFuture<>();
            owner.addCallee(
                    new CalleeClaim("realm1", MatchPolicy.EXACT, PROCEDURE.uri(), InvocationPolicy.SINGLE, session),
                    TestLanes.local(0),
                    answer::complete);
            return answer.get(20, TimeUnit.SECONDS);
        }

        private TableAnswer subscribe() throws Exception {
            CompletableFuture<TableAnswer> answer = new CompletableFuture<>();
            owner.addInterest("realm1", MatchPolicy.EXACT, TOPIC.uri(), TestLanes.local(0), answer::complete);
            return answer.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void changed(Map<NodeId, HostPort> view) {
            owner.members(view.keySet());
        }

        @Override
        public void vanished() {
            owner.vanished();
        }

        @Override
        public void merged() {
            owner.merged();
        }
    }
}
