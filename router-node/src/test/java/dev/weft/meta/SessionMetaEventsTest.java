package dev.weft.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedNodes;
import dev.weft.wamp.Event;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.SerializerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionMetaEventsTest {
    private static final Goodbye GOODBYE = new Goodbye(Map.of(), "wamp.close.close_realm");

    private final SimulatedNodes nodes = new SimulatedNodes(new Random(1), 3, 2, MetaAccess.READ);

    private List<Watcher> watchersEverywhere() {
        List<Watcher> watchers = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            for (int loop = 0; loop < 2; loop++) {
                SerializerId serializer = SerializerId.values()[(node + loop) % 3];
                watchers.add(new Watcher(nodes, node, loop, serializer, "wamp."));
            }
        }
        watchers.forEach(watcher -> watcher.connection().received().removeIf(Event.class::isInstance));
        return watchers;
    }

    @ParameterizedTest
    @EnumSource(SerializerId.class)
    void everySubscriberOnEveryNodeIsToldWhoJoinedAndWhoLeft(SerializerId serializer) {
        List<Watcher> watchers = watchersEverywhere();
        RecordingConnection client = nodes.join(1, 0, serializer);
        long session = SimulatedNodes.sessionOf(client);
        nodes.on(client, () -> client.says(GOODBYE));
        nodes.settle();
        for (Watcher watcher : watchers) {
            List<Watcher.Seen> seen = watcher.seen();
            assertThat(seen).hasSize(2);
            assertThat(seen.get(0).topic()).isEqualTo("wamp.session.on_join");
            Map<?, ?> details = (Map<?, ?>) seen.get(0).args().get(0);
            assertThat(details.get("session")).isEqualTo(session);
            assertThat(details.get("authrole")).isEqualTo("anonymous");
            assertThat(details.get("authmethod")).isEqualTo("anonymous");
            assertThat(details.get("authprovider")).isEqualTo("static");
            assertThat(details.get("transport")).isEqualTo(Map.of("type", "recording", "tls", false));
            assertThat(seen.get(1).topic()).isEqualTo("wamp.session.on_leave");
            assertThat(seen.get(1).args()).containsExactly(session, details.get("authid"), "anonymous");
        }
        assertThat(watchers).extracting(watcher -> publications(watcher)).containsOnly(publications(watchers.get(0)));
    }

    private static List<Long> publications(Watcher watcher) {
        return watcher.seen().stream().map(Watcher.Seen::publication).toList();
    }

    @Test
    void theSessionsOfANodeThatDiesLeaveEverywhereOnce() {
        List<Watcher> watchers = watchersEverywhere();
        List<Long> sessions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sessions.add(SimulatedNodes.sessionOf(nodes.hello(2, i % 2, SerializerId.CBOR)));
        }
        nodes.settle();
        nodes.kill(2);
        nodes.settle();
        for (Watcher watcher : watchers.subList(0, 4)) {
            for (long session : sessions) {
                assertThat(watcher.storyOf(session)).containsExactly("on_join", "on_leave");
            }
        }
        for (int node = 0; node < 2; node++) {
            assertThat(nodes.tables(node)
                            .tables(SimulatedNodes.REALM)
                            .sessions()
                            .size())
                    .isEqualTo(4);
        }
    }

    @Test
    void aSessionThatOutlivesAPartitionLeavesAndJoinsOnceMoreOnTheOtherSideOnly() {
        List<Watcher> watchers = watchersEverywhere();
        long session = SimulatedNodes.sessionOf(nodes.join(1, 1, SerializerId.JSON));
        nodes.cut(0, 1);
        nodes.settle();
        nodes.linkAll();
        nodes.settle();
        for (Watcher onTheOtherSide : watchers.subList(0, 2)) {
            assertThat(onTheOtherSide.storyOf(session)).containsExactly("on_join", "on_leave", "on_join");
        }
        for (Watcher onTheSameSide : watchers.subList(2, 6)) {
            assertThat(onTheSameSide.storyOf(session)).containsExactly("on_join");
        }
    }

    @Test
    void aSessionIsToldNothingOfItself() {
        Watcher first = new Watcher(nodes, 0, 0, SerializerId.JSON, "wamp.");
        assertThat(first.storyOf(first.session())).isEmpty();
    }

    @Test
    void whereTheMetaApiIsOffNobodyIsToldAnything() {
        SimulatedNodes silent = new SimulatedNodes(new Random(1), 2, 2, MetaAccess.OFF);
        Watcher watcher = new Watcher(silent, 0, 0, SerializerId.JSON, "");
        silent.join(1, 0, SerializerId.JSON);
        assertThat(watcher.seen()).isEmpty();
        assertThat(silent.tables(0).tables(SimulatedNodes.REALM).sessions().size())
                .isEqualTo(2);
    }
}
