package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lane.Lane;
import dev.weft.link.InterestAdded;
import dev.weft.link.RoutedEvent;
import dev.weft.link.RoutedMessage;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerLinkTest {
    static final Lane NOWHERE = new Lane() {
        @Override
        public void send(RoutedMessage message, Lane from) {}

        @Override
        public boolean isCongested() {
            return false;
        }

        @Override
        public String name() {
            return "nowhere";
        }
    };

    private TestNode a;
    private TestNode b;

    @BeforeEach
    void twoNodes() throws Exception {
        a = TestNode.named("a", TestNode.NO_GRACE);
        b = TestNode.named("b", TestNode.NO_GRACE);
    }

    @AfterEach
    void close() throws Exception {
        a.close();
        b.close();
    }

    @Test
    void twoNodesHaveOneLink() {
        TestNode.link(a, b);
        assertThat(a.link().peer()).isEqualTo(b.id());
        assertThat(b.link().peer()).isEqualTo(a.id());
        assertThat(a.states()).containsExactly(LinkState.UP);
        assertThat(b.states()).containsExactly(LinkState.UP);
        assertThat(a.links.counters().ups()).isEqualTo(1);
        assertThat(b.links.counters().ups()).isEqualTo(1);
    }

    @Test
    void messagesOfEachThreadArriveInTheOrderSent() throws Exception {
        int threads = 4;
        int each = 25_000;
        List<List<Integer>> received = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            received.add(new ArrayList<>());
        }
        AtomicInteger count = new AtomicInteger();
        b.onRouted = (link, message) -> {
            RoutedEvent event = (RoutedEvent) message;
            received.get((int) event.excluded() - 1).add((int) event.publication());
            assertThat(event.payload().bytes()).isEqualTo(bytes((int) event.publication()));
            count.incrementAndGet();
        };
        TestNode.link(a, b);
        PeerLink link = a.link();
        List<Thread> senders = new ArrayList<>();
        for (int t = 1; t <= threads; t++) {
            int sender = t;
            senders.add(new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    link.send(event(sender, i), NOWHERE);
                }
            }));
        }
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }
        Awaitility.await().atMost(TestNode.SOON).until(() -> count.get() == threads * each);
        for (List<Integer> one : received) {
            assertThat(one).hasSize(each).isSorted();
        }
        Awaitility.await().atMost(TestNode.SOON).until(() -> link.status().framesUnacknowledged() == 0);
        assertThat(link.status().framesSent()).isEqualTo((long) threads * each);
        assertThat(link.status().queuedBytes()).isZero();
        assertThat(b.links.counters().failures()).isZero();
    }

    @Test
    void aChangeIsAcknowledgedOnlyAfterTheListenerHasReturned() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch mayReturn = new CountDownLatch(1);
        b.onChanged = (link, change) -> {
            entered.countDown();
            awaitUnchecked(mayReturn);
        };
        TestNode.link(a, b);
        AtomicBoolean acknowledged = new AtomicBoolean();
        a.link().tell(interest("t"), () -> acknowledged.set(true));
        assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged).isFalse();
        mayReturn.countDown();
        Awaitility.await().atMost(TestNode.SOON).untilTrue(acknowledged);
    }

    @Test
    void aCutConnectionEndsTheLinkOnceOnBothSidesAndAnotherComesUp() {
        AtomicInteger acknowledgements = new AtomicInteger();
        TestNode.link(a, b);
        PeerLink first = a.link();
        b.onChanged = (link, change) -> cut(link);
        for (int i = 0; i < 100; i++) {
            first.tell(interest("t" + i), acknowledgements::incrementAndGet);
        }
        a.awaitDowns(1);
        b.awaitDowns(1);
        Awaitility.await().atMost(TestNode.SOON).until(() -> acknowledgements.get() == 100);
        first.tell(interest("late"), acknowledgements::incrementAndGet);
        Awaitility.await().atMost(TestNode.SOON).until(() -> acknowledgements.get() == 101);
        a.awaitUps(2);
        b.awaitUps(2);
        assertThat(a.link()).isNotSameAs(first);
        assertThat(a.downs).containsExactly(new TestNode.Down(first, LinkDownReason.CONNECTION_LOST));
        assertThat(b.downs).hasSize(1);
    }

    static void cut(PeerLink link) {
        link.channel().close();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static InterestAdded interest(String topic) {
        return interest(topic, 7);
    }

    static InterestAdded interest(String topic, long subscription) {
        return new InterestAdded("realm", MatchPolicy.EXACT, topic, subscription);
    }

    static byte[] bytes(int number) {
        return new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16)};
    }

    static RoutedEvent event(long sender, int number) {
        Payload payload = Payload.of(SerializerId.MSGPACK, 1, bytes(number));
        return new RoutedEvent(
                "realm", number, "com.example.topic", new long[] {1, 2}, sender, EventDetails.DEFAULT, null, payload);
    }
}
