package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.CalleeRemoved;
import dev.weft.link.NodeState;
import dev.weft.link.SessionJoined;
import dev.weft.link.SessionLeft;
import dev.weft.link.SnapshotEnd;
import dev.weft.link.TableChange;
import dev.weft.link.Testament;
import dev.weft.link.TestamentAdded;
import dev.weft.wamp.Identity;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SessionDetails;
import dev.weft.wamp.TestamentScope;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnedSessionsTest extends TableOwnerFixture {
    /** More than a peer is told before it acknowledges some of it. */
    private static final int MANY = 10_000;

    private static final Testament TESTAMENT =
            new Testament(77, "com.example.last", false, null, null, null, Payload.EMPTY);

    private void open(long session) {
        Identity identity = new Identity(session, "anonymous", "anonymous");
        owner.sessions()
                .opened("realm1", new SessionDetails(identity, "anonymous", "static", "websocket"), loop0, () -> {});
        control.runAll();
    }

    private void addTestament(long session) {
        owner.sessions()
                .addTestament("realm1", session, TestamentScope.DESTROYED, TESTAMENT, loop0, () -> events.add("added"));
        control.runAll();
    }

    private static List<Class<?>> kinds(List<TableChange> changes) {
        return changes.stream().<Class<?>>map(TableChange::getClass).toList();
    }

    @Test
    void aPeerThatComesIsToldEachSessionBeforeItsTestaments() {
        open(1);
        addTestament(1);
        open(2);
        assertThat(kinds(linked().snapshot))
                .containsExactly(
                        NodeState.class,
                        SessionJoined.class,
                        TestamentAdded.class,
                        SessionJoined.class,
                        SnapshotEnd.class);
    }

    @Test
    void theEndOfASessionIsToldAfterTheEndOfItsRegistrations() {
        open(1);
        FakePeer peer = linked();
        register(1, InvocationPolicy.SINGLE);
        peer.acknowledge();
        peer.told.clear();
        owner.removeCallee(claim(1, InvocationPolicy.SINGLE), 0, loop0, () -> {});
        owner.sessions().closed("realm1", 1, loop0);
        control.runAll();
        assertThat(kinds(peer.told)).containsExactly(CalleeRemoved.class, SessionLeft.class);
        assertThat(((SessionLeft) peer.told.get(1)).testaments()).isFalse();
    }

    @Test
    void theEndOfASessionSaysWhetherItHasTestaments() {
        open(1);
        FakePeer peer = linked();
        addTestament(1);
        peer.acknowledge();
        assertThat(events).containsExactly("counted in", "added");
        owner.sessions().closed("realm1", 1, loop0);
        owner.sessions().closed("realm1", 1, loop0);
        control.runAll();
        assertThat(peer.told.stream().filter(SessionLeft.class::isInstance))
                .containsExactly(new SessionLeft("realm1", 1, true));
    }

    /** It is told on its own before the peer knows of the session, and told again with the session. */
    @Test
    void aTestamentIsAnsweredNotBeforeAPeerThatIsBeingToldAllHasTheSession() {
        for (int session = 1; session <= MANY; session++) {
            open(session);
        }
        FakePeer peer = new FakePeer();
        owner.linkUp(peer, () -> events.add("counted in"));
        control.runAll();
        addTestament(MANY);
        while (!peer.acknowledgements.isEmpty()) {
            assertThat(events).isEmpty();
            peer.acknowledge();
        }
        assertThat(events).containsExactly("counted in", "added");
        assertThat(kinds(peer.told)).endsWith(SessionJoined.class, TestamentAdded.class, SnapshotEnd.class);
    }
}
