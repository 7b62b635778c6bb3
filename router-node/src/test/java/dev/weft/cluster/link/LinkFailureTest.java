package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lane.Lane;
import dev.weft.link.LinkAck;
import dev.weft.link.NodeId;
import dev.weft.link.RoutedEvent;
import dev.weft.link.RoutedMessage;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkFailureTest {
    /** So many events of 10,000 bytes are surely less than the bound of 4 MiB, wherever they wait. */
    private static final int BELOW_THE_BOUND = 380;

    private static final int MIB = 1024 * 1024;

    private TestNode b;

    @BeforeEach
    void oneNode() throws Exception {
        b = new TestNode(TestNode.options("b", "test", "secret", new LinkLimits(4 * MIB, 8 * MIB, 32 * MIB)));
    }

    @AfterEach
    void close() throws Exception {
        b.close();
    }

    @Test
    void aPeerThatFallsSilentIsDeadAfterTheTimeout() throws Exception {
        long before = System.nanoTime();
        try (RawPeer silent = new RawPeer(b.port).linked("a")) {
            b.awaitUps(1);
            long since = System.nanoTime();
            long silence = TestNode.TIMES.silence().toMillis();
            AtomicInteger acknowledgements = new AtomicInteger();
            b.link().tell(PeerLinkTest.interest("t"), acknowledgements::incrementAndGet);
            b.awaitDowns(1);
            assertThat(b.downs.get(0).reason()).isEqualTo(LinkDownReason.SILENT);
            long now = System.nanoTime();
            assertThat(TimeUnit.NANOSECONDS.toMillis(now - before)).isGreaterThanOrEqualTo(silence);
            assertThat(TimeUnit.NANOSECONDS.toMillis(now - since)).isLessThanOrEqualTo(silence + 4000);
            Awaitility.await().atMost(TestNode.SOON).until(() -> acknowledgements.get() == 1);
            assertThat(silent.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void aPeerThatDoesNotReadMeetsTheBound() throws Exception {
        try (RawPeer slow = new RawPeer(b.port).linked("a")) {
            b.awaitUps(1);
            PeerLink link = b.link();
            AtomicInteger acknowledgements = new AtomicInteger();
            link.tell(PeerLinkTest.interest("t"), acknowledgements::incrementAndGet);
            Payload payload = Payload.of(SerializerId.MSGPACK, 1, new byte[10_000]);
            long most = 0;
            for (int i = 0; i < 3000; i++) {
                link.send(event(payload), PeerLinkTest.NOWHERE);
                most = Math.max(most, link.status().queuedBytes());
                if (i == BELOW_THE_BOUND) {
                    assertThat(link.isUp()).isTrue();
                }
            }
            b.awaitDowns(1);
            assertThat(b.downs.get(0).reason()).isEqualTo(LinkDownReason.OVERFLOW);
            // Sampled from outside: what the loop is about to write, and the event that goes over the bound, are not
            // seen.
            assertThat(most).isGreaterThan(3 * MIB).isLessThan(6 * MIB);
            assertThat(b.links.counters().downs(LinkDownReason.OVERFLOW)).isEqualTo(1);
            assertThat(b.links.counters().discarded()).isPositive();
            Awaitility.await().atMost(TestNode.SOON).until(() -> acknowledgements.get() == 1);
            Awaitility.await().atMost(TestNode.SOON).until(() -> link.status().queuedBytes() == 0);
        }
    }

    @Test
    void aLinkThatFeedsACongestedLaneIsNotReadButStaysUp() throws Exception {
        SlowLane slow = new SlowLane();
        try (TestNode a = TestNode.named("a")) {
            AtomicInteger received = new AtomicInteger();
            a.onRouted = (link, message) -> {
                received.incrementAndGet();
                link.waitFor(slow);
            };
            TestNode.link(a, b);
            Payload payload = Payload.of(SerializerId.MSGPACK, 1, new byte[100_000]);
            AtomicInteger sent = new AtomicInteger();
            Duration longerThanSilence = TestNode.TIMES.silence().multipliedBy(2);
            Awaitility.await()
                    .during(longerThanSilence)
                    .atMost(TestNode.SOON)
                    .until(() -> sendUntilCongested(b.link(), payload, sent) && received.get() < sent.get());
            assertThat(a.downs).isEmpty();
            assertThat(b.downs).isEmpty();
            slow.congested = false;
            Awaitility.await().atMost(TestNode.SOON).until(() -> received.get() == sent.get());
            assertThat(b.link().isCongested()).isFalse();
        }
    }

    private static boolean sendUntilCongested(PeerLink link, Payload payload, AtomicInteger sent) {
        while (!link.isCongested()) {
            link.send(event(payload), PeerLinkTest.NOWHERE);
            sent.incrementAndGet();
        }
        return true;
    }

    /** A lane that is congested until the test says otherwise. */
    private static final class SlowLane implements Lane {
        private volatile boolean congested = true;

        @Override
        public void send(RoutedMessage message, Lane from) {}

        @Override
        public boolean isCongested() {
            return congested;
        }

        @Override
        public String name() {
            return "slow";
        }
    }

    @Test
    void longFramesPassWhole() throws Exception {
        try (TestNode a = TestNode.named("a")) {
            AtomicLong received = new AtomicLong();
            a.onRouted = (link, message) ->
                    received.addAndGet(((RoutedEvent) message).payload().bytes().length);
            TestNode.link(a, b);
            Payload longest = Payload.of(SerializerId.MSGPACK, 1, new byte[3 * MIB]);
            b.link().send(event(longest), PeerLinkTest.NOWHERE);
            b.link().send(event(Payload.of(SerializerId.MSGPACK, 1, new byte[1])), PeerLinkTest.NOWHERE);
            Awaitility.await().atMost(TestNode.SOON).until(() -> received.get() == 3 * MIB + 1);
            assertThat(b.downs).isEmpty();
        }
    }

    @Test
    void aSecondConnectionOfTheSameNodeComesUpAfterTheFirstHasGone() throws Exception {
        try (RawPeer first = new RawPeer(b.port).linked("a")) {
            b.awaitUps(1);
            PeerLink before = b.link();
            try (RawPeer second = new RawPeer(b.port).linked("a")) {
                b.awaitUps(2);
                assertThat(b.downs).containsExactly(new TestNode.Down(before, LinkDownReason.REPLACED));
                assertThat(before.isUp()).isFalse();
                assertThat(b.link().isUp()).isTrue();
                assertThat(b.links.links()).hasSize(1);
                assertThat(first.isClosedByPeer()).isTrue();
                assertThat(second.socket.isConnected()).isTrue();
            }
        }
    }

    @Test
    void whatIsNoFrameEndsTheLink() throws Exception {
        try (RawPeer peer = new RawPeer(b.port).linked("a")) {
            b.awaitUps(1);
            peer.socket.getOutputStream().write(new byte[] {0, 0, 0, 2, (byte) 0xEE, 0});
            b.awaitDowns(1);
            assertThat(b.downs.get(0).reason()).isEqualTo(LinkDownReason.VIOLATION);
            assertThat(peer.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void anAcknowledgementOfWhatWasNotSentEndsTheLink() throws Exception {
        try (RawPeer peer = new RawPeer(b.port).linked("a")) {
            b.awaitUps(1);
            peer.send(new LinkAck(1));
            b.awaitDowns(1);
            assertThat(b.downs.get(0).reason()).isEqualTo(LinkDownReason.VIOLATION);
        }
    }

    @Test
    void aFaultOfTheListenerEndsTheLinkAndIsCounted() throws Exception {
        try (RawPeer peer = new RawPeer(b.port).linked("a")) {
            b.awaitUps(1);
            b.onChanged = (link, change) -> {
                throw new IllegalStateException("thrown by the test");
            };
            peer.send(PeerLinkTest.interest("t"));
            b.awaitDowns(1);
            assertThat(b.downs.get(0).reason()).isEqualTo(LinkDownReason.FAILURE);
            assertThat(b.links.counters().failures()).isEqualTo(1);
        }
    }

    @Test
    void aCleanEndDeliversWhatWasSentBefore() throws Exception {
        TestNode a = TestNode.named("a");
        AtomicInteger received = new AtomicInteger();
        b.onRouted = (link, message) -> received.incrementAndGet();
        TestNode.link(a, b);
        Payload payload = Payload.of(SerializerId.MSGPACK, 1, new byte[100]);
        for (int i = 0; i < 1000; i++) {
            a.link().send(event(payload), PeerLinkTest.NOWHERE);
        }
        a.close();
        b.awaitDowns(1);
        assertThat(b.downs.get(0).reason()).isEqualTo(LinkDownReason.PEER_LEFT);
        assertThat(a.downs.get(0).reason()).isEqualTo(LinkDownReason.LEAVING);
        assertThat(received).hasValue(1000);
    }

    @Test
    void aNodeThatComesLaterIsCalledUntilItAnswers() throws Exception {
        try (TestNode a = TestNode.named("a")) {
            int port = b.port;
            b.close();
            b = new TestNode(new LinkOptions(
                    new NodeId("c", 1),
                    "test",
                    a.options.secret(),
                    "127.0.0.1",
                    0,
                    TestNode.TIMES,
                    LinkLimits.DEFAULT,
                    null));
            a.links.wanted(Map.of(b.id(), InetSocketAddress.createUnresolved("127.0.0.1", port)));
            assertThat(a.states()).containsExactly(LinkState.CONNECTING);
            a.links.wanted(b.address());
            a.awaitUps(1);
        }
    }

    static RoutedEvent event(int bytes) {
        return event(Payload.of(SerializerId.MSGPACK, 1, new byte[bytes]));
    }

    private static RoutedEvent event(Payload payload) {
        return new RoutedEvent("realm", 1, "com.example.topic", new long[] {1}, 0, EventDetails.DEFAULT, null, payload);
    }
}
