package dev.weft.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedNodes;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.SerializerId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GapNoticesTest {
    private static final String TOPIC = "com.example.counted";

    private final SimulatedNodes nodes = new SimulatedNodes(new Random(2), 3, 2, MetaAccess.OFF);

    private static List<Map<String, Object>> told(Watcher watcher) {
        return watcher.seen().stream().map(Watcher.Seen::kwargs).toList();
    }

    @Test
    void whoAskedForItIsToldThatEventsOfANodeMayBeMissedAndWhenNoneAreAnyMore() {
        Watcher here = new Watcher(nodes, 0, 1, SerializerId.JSON, "weft.gap");
        Watcher there = new Watcher(nodes, 1, 0, SerializerId.CBOR, "weft.");
        Watcher elsewhere = new Watcher(nodes, 2, 0, SerializerId.MSGPACK, "weft.gap");
        nodes.cut(0, 1);
        nodes.settle();
        assertThat(told(here)).containsExactly(Map.of("node", "node1", "state", "open", "reason", "connection-lost"));
        nodes.linkAll();
        nodes.settle();
        assertThat(told(here)).hasSize(2).last().isEqualTo(Map.of("node", "node1", "state", "closed"));
        assertThat(told(there))
                .containsExactly(
                        Map.of("node", "node0", "state", "open", "reason", "connection-lost"),
                        Map.of("node", "node0", "state", "closed"));
        assertThat(told(elsewhere)).isEmpty();
    }

    @Test
    void aNodeThatIsGoneLeavesTheGapOpen() {
        Watcher here = new Watcher(nodes, 0, 1, SerializerId.JSON, "weft.gap");
        nodes.kill(2);
        nodes.linkAll();
        nodes.settle();
        assertThat(told(here)).extracting(kwargs -> kwargs.get("state")).containsExactly("open");
    }

    /** However the event loops and the links take turns: what comes over the next link comes after the notice. */
    @Test
    void theNoticeComesBetweenTheEventsOfTheTwoLinks() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            SimulatedNodes two = new SimulatedNodes(random, 2, 3, MetaAccess.OFF);
            Watcher watcher = new Watcher(two, 0, random.nextInt(3), SerializerId.JSON, "");
            RecordingConnection publisher = two.join(1, random.nextInt(3), SerializerId.JSON);
            long request = 0;
            for (int i = 0; i < 3; i++) {
                long now = ++request;
                two.on(
                        publisher,
                        () -> publisher.says(
                                new Publish(now, PublishOptions.DEFAULT, TOPIC, watcher.payload("first"))));
            }
            for (int i = random.nextInt(8); i > 0; i--) {
                two.step();
            }
            two.cut(0, 1);
            two.linkAll();
            while (two.step()) {
                long now = ++request;
                if (request < 40) {
                    two.on(
                            publisher,
                            () -> publisher.says(
                                    new Publish(now, PublishOptions.DEFAULT, TOPIC, watcher.payload("second"))));
                }
            }
            List<String> order = watcher.seen().stream()
                    .map(seen -> seen.topic().equals(TOPIC)
                            ? String.valueOf(seen.args().get(0))
                            : String.valueOf(seen.kwargs().get("state")))
                    .toList();
            assertThat(order.indexOf("open")).as("seed %d: %s", seed, order).isNotNegative();
            assertThat(order.subList(0, order.indexOf("open")))
                    .as("seed %d", seed)
                    .doesNotContain("second");
            assertThat(order.subList(order.indexOf("open"), order.size()))
                    .as("seed %d", seed)
                    .doesNotContain("first")
                    .contains("closed", "second");
        }
    }

    @Test
    void nobodyElsePublishesSuchNotices() {
        RecordingConnection client = nodes.join(0, 0, SerializerId.JSON);
        PublishOptions acknowledged = new PublishOptions(true, true, false, false, null, null);
        nodes.on(client, () -> client.says(new Publish(1, acknowledged, "weft.gap", Payload.EMPTY)));
        assertThat(client.received(ErrorMessage.class))
                .singleElement()
                .extracting(ErrorMessage::error)
                .isEqualTo("wamp.error.invalid_uri");
    }
}
