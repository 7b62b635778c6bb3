package dev.weft.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.RoutedMessage;
import dev.weft.link.RoutedRefusal;
import dev.weft.testkit.SimulatedLoop;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LocalLaneTest {
    private static final Payload MEBIBYTE = Payload.of(SerializerId.JSON, 1, new byte[1 << 20]);

    private final SimulatedLoop loop = new SimulatedLoop(new SimulatedLoop.Clock());
    private final List<Object> told = new ArrayList<>();
    private final LocalLane lane = new LocalLane(0, loop, new LaneReceiver() {
        @Override
        public void receive(RoutedMessage message, Lane from) {
            told.add(((RoutedRefusal) message).call());
        }

        @Override
        public void laneDown(Lane down) {
            told.add("down");
        }
    });

    private void send(long first, long last, Payload payload) {
        LongStream.rangeClosed(first, last)
                .forEach(call -> lane.send(new RoutedRefusal("realm", call, false, payload), lane));
    }

    private void settle() {
        while (loop.step()) {}
    }

    @Test
    void theLoopDoesOtherThingsBetweenTheMessagesOfAFullLane() {
        send(1, 10_000, Payload.EMPTY);
        loop.execute(() -> told.add("other"));
        settle();
        assertThat(told).hasSize(10_001);
        assertThat(told.indexOf("other")).isLessThan(5_000);
        told.remove("other");
        assertThat(told).isEqualTo(LongStream.rangeClosed(1, 10_000).boxed().toList());
    }

    @Test
    void whatCameOverALaneBeforeItWentDownIsHandledFirst() {
        send(1, 5_000, Payload.EMPTY);
        lane.laneDown(lane);
        settle();
        assertThat(told).hasSize(5_001).endsWith(5_000L, "down");
    }

    @Test
    void whatOtherLoopsHandedOverIsHandledBeforeTheLoopItselfGoesOn() {
        send(1, 5_000, Payload.EMPTY);
        loop.execute(() -> {
            lane.catchUp();
            send(5_001, 5_001, Payload.EMPTY);
        });
        settle();
        assertThat(told).isEqualTo(LongStream.rangeClosed(1, 5_001).boxed().toList());
    }

    @Test
    void aLaneIsCongestedWhileMuchWaitsInIt() {
        send(1, 1, MEBIBYTE);
        assertThat(lane.isCongested()).isFalse();
        send(2, 3, MEBIBYTE);
        assertThat(lane.isCongested()).isTrue();
        settle();
        assertThat(lane.isCongested()).isFalse();
    }

    @Test
    void manyMessagesWithoutAPayloadAreMuch() {
        send(1, 40_000, Payload.EMPTY);
        assertThat(lane.isCongested()).isTrue();
    }
}
