package dev.weft.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.RoutedMessage;
import dev.weft.link.RoutedPressure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiverPressureTest {
    private static final long ID = 9;

    /** The lane to another node. */
    private static final class Node implements Lane {
        private final List<RoutedMessage> sent = new ArrayList<>();

        @Override
        public void send(RoutedMessage message, Lane from) {
            sent.add(message);
        }

        @Override
        public boolean isCongested() {
            return false;
        }

        @Override
        public String name() {
            return "node";
        }
    }

    private final Set<Lane> lanes = new HashSet<>();
    private final Node b = new Node();
    private final Node c = new Node();
    private final ReceiverPressure pressure = new ReceiverPressure("realm1", false, new ReceiverPressure.Audience() {
        @Override
        public long id() {
            return ID;
        }

        @Override
        public Set<Lane> everyLane() {
            return Set.copyOf(lanes);
        }
    });

    @Test
    void itIsCongestedWhileMostReceiversAreBehind() {
        pressure.change(3, 0);
        pressure.change(0, 1);
        assertThat(pressure.isCongested()).isFalse();
        pressure.change(0, 1);
        assertThat(pressure.isCongested()).isTrue();
        pressure.change(0, -1);
        assertThat(pressure.isCongested()).isFalse();
    }

    @Test
    void whoHasStalledDoesNotCount() {
        pressure.change(1, 1);
        assertThat(pressure.isCongested()).isTrue();
        pressure.change(-1, -1);
        assertThat(pressure.isCongested()).isFalse();
    }

    @Test
    void receiversOfOtherNodesCountToo() {
        lanes.add(b);
        lanes.add(c);
        pressure.received(told(2, 2), b);
        assertThat(pressure.isCongested()).as("c has not answered").isFalse();
        assertThat(c.sent).containsExactly(asked());
        pressure.received(told(10, 0), c);
        assertThat(pressure.isCongested()).isFalse();
        pressure.received(told(10, 5), c);
        assertThat(pressure.isCongested()).isTrue();
    }

    @Test
    void ownReceiversAreMostOnlyIfThoseOfOtherNodesAreNotMore() {
        lanes.add(b);
        pressure.change(1, 1);
        assertThat(pressure.isCongested()).isFalse();
        assertThat(b.sent).containsExactly(asked());
        pressure.received(told(0, 0), b);
        assertThat(pressure.isCongested()).isTrue();
    }

    @Test
    void aNodeThatIsGoneIsNotWaitedFor() {
        lanes.add(b);
        lanes.add(c);
        pressure.received(told(2, 2), b);
        lanes.remove(c);
        pressure.forget(c);
        assertThat(pressure.isCongested()).isTrue();
        lanes.remove(b);
        pressure.forget(b);
        assertThat(pressure.isCongested()).isFalse();
    }

    @Test
    void aNodeThatSendsIsToldAsLongAsSomeAreBehindAndNoLonger() {
        pressure.change(100, 0);
        pressure.sentFrom(b);
        assertThat(b.sent).isEmpty();
        pressure.change(0, 1);
        pressure.sentFrom(b);
        pressure.sentFrom(b);
        assertThat(b.sent).containsExactly(told(100, 1));
        for (int i = 0; i < 59; i++) {
            pressure.change(0, 1);
        }
        assertThat(b.sent)
                .as("what is no news is not told")
                .hasSizeBetween(4, 8)
                .contains(told(100, 51));
        pressure.change(0, -60);
        assertThat(b.sent.get(b.sent.size() - 1)).isEqualTo(told(100, 0));
        int before = b.sent.size();
        pressure.change(0, 0);
        pressure.sentFrom(b);
        assertThat(b.sent).hasSize(before);
    }

    @Test
    void aNodeThatAsksIsAnsweredAndToldOfWhatChangesIfSomeAreBehind() {
        pressure.change(4, 0);
        pressure.received(asked(), b);
        pressure.change(0, 3);
        pressure.received(asked(), c);
        pressure.change(0, -3);
        assertThat(b.sent).containsExactly(told(4, 0));
        assertThat(c.sent).startsWith(told(4, 3)).endsWith(told(4, 0));
    }

    private static RoutedPressure told(int receivers, int behind) {
        return new RoutedPressure("realm1", false, ID, false, receivers, behind);
    }

    private static RoutedPressure asked() {
        return new RoutedPressure("realm1", false, ID, true, 0, 0);
    }
}
