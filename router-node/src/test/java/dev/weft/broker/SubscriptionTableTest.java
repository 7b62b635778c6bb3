package dev.weft.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lane.Lane;
import dev.weft.testkit.TestLanes;
import dev.weft.wamp.MatchPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mirror of the subscriptions against plain maps. */
class SubscriptionTableTest {
    private static final int TOPICS = 60;

    private final SubscriptionTable table = new SubscriptionTable(InstantSource.system(), false);
    /** By topic: the id behind each lane. */
    private final Map<String, Map<Lane, Long>> model = new HashMap<>();

    private final List<Lane> lanes = List.of(TestLanes.local(0), TestLanes.local(1), TestLanes.local(2));

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySubscriptionIsFoundByTheIdThatItHasAndByNoOther(long seed) {
        Random random = new Random(seed);
        // Few different low bits, so that many share a place.
        long[] ids =
                random.longs(TOPICS * 2, 1, 1L << 53).map(id -> id & ~0xf0L).toArray();
        for (int step = 0; step < 400; step++) {
            int topic = random.nextInt(TOPICS);
            Lane lane = lanes.get(random.nextInt(lanes.size()));
            switch (random.nextInt(10)) {
                case 0 -> dropAll(lane);
                case 1, 2, 3 -> drop("t" + topic, lane);
                case 4 -> add("t" + topic, ids[topic + TOPICS], lane);
                default -> add("t" + topic, ids[topic], lane);
            }
            check(ids);
        }
    }

    private void add(String topic, long id, Lane lane) {
        Map<Lane, Long> behind = model.computeIfAbsent(topic, same -> new HashMap<>());
        behind.put(lane, id);
        boolean contested = behind.values().stream().distinct().count() > 1;
        assertThat(table.add(MatchPolicy.EXACT, topic, id, lane)).isEqualTo(contested);
    }

    private void drop(String topic, Lane lane) {
        boolean contested = removed(topic, lane);
        assertThat(table.remove(MatchPolicy.EXACT, topic, lane)).isEqualTo(contested);
    }

    private void dropAll(Lane lane) {
        List<String> contested = new ArrayList<>();
        for (String topic : List.copyOf(model.keySet())) {
            if (model.get(topic).containsKey(lane) && removed(topic, lane)) {
                contested.add(topic);
            }
        }
        List<String> told = new ArrayList<>();
        table.removeAll(lane, (match, topic) -> told.add(topic));
        assertThat(told).containsExactlyInAnyOrderElementsOf(contested);
    }

    /** Whether those that are left differ. */
    private boolean removed(String topic, Lane lane) {
        Map<Lane, Long> behind = model.getOrDefault(topic, new HashMap<>());
        behind.remove(lane);
        if (behind.isEmpty()) {
            model.remove(topic);
        }
        return behind.values().stream().distinct().count() > 1;
    }

    private void check(long[] ids) {
        Map<Long, String> byId = new TreeMap<>();
        model.forEach((topic, behind) ->
                byId.put(behind.values().stream().min(Long::compare).orElseThrow(), topic));
        for (long id : ids) {
            Subscription found = table.byId(id);
            assertThat(found == null ? null : found.topic())
                    .as("with id %s", id)
                    .isEqualTo(byId.get(id));
        }
        assertThat(table.size()).isEqualTo(model.size());
    }

    @Test
    void aHundredThousandSubscriptionsComeAndGo() {
        for (int round = 0; round < 3; round++) {
            for (long id = 1; id <= 100_000; id++) {
                table.add(MatchPolicy.EXACT, "t" + id, id * 7919, lanes.get(0));
            }
            assertThat(table.byId(7919L * 100_000)).isNotNull();
            assertThat(table.byId(7919L * 100_001)).isNull();
            table.removeAll(lanes.get(0), (match, topic) -> {});
            assertThat(table.byId(7919)).isNull();
        }
    }
}
