package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.InterestAdded;
import dev.weft.link.LinkAck;
import dev.weft.link.LinkDecoder;
import dev.weft.link.LinkFrame;
import dev.weft.link.LinkGoodbye;
import dev.weft.link.LinkHello;
import dev.weft.link.LinkPing;
import dev.weft.link.LinkReject;
import dev.weft.link.LinkVersions;
import dev.weft.link.LinkWelcome;
import dev.weft.link.NodeId;
import dev.weft.link.RejectReason;
import dev.weft.link.RoutedMessage;
import dev.weft.link.SessionLeft;
import dev.weft.link.TableChange;
import dev.weft.testkit.TcpProxy;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A link that goes on over another connection, or does not, step by step. */
class LinkResumeTest {
    private static final int MIB = 1024 * 1024;
    private static final LinkTimes PATIENT = TestNode.PATIENT;
    private static final LinkTimes SHORT_GRACE = times(PATIENT.heartbeat(), Duration.ofMillis(200));

    @Test
    void whatWasNotHandledIsSentAgainAndNothingElse() throws Exception {
        try (TestNode b = TestNode.named("b", PATIENT)) {
            RawPeer first = new RawPeer(b.port).linked("a");
            b.awaitUps(1);
            PeerLink link = b.link();
            List<Integer> acknowledged = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                int number = i;
                link.tell(PeerLinkTest.interest("t", i), () -> acknowledged.add(number));
            }
            LinkDecoder decoder = new LinkDecoder(2);
            assertThat(subscriptions(first, decoder, 5)).containsExactly(1L, 2L, 3L, 4L, 5L);
            first.send(new LinkAck(1));
            first.send(PeerLinkTest.interest("x", 1));
            first.send(PeerLinkTest.interest("x", 2));
            Awaitility.await().atMost(TestNode.SOON).until(() -> b.changes.size() == 2);
            first.close();
            awaitState(b, LinkState.SUSPENDED);
            link.tell(PeerLinkTest.interest("t", 6), () -> acknowledged.add(6));

            try (RawPeer second = new RawPeer(b.port)) {
                LinkWelcome welcome = second.prove(resuming("a", nonceOf("a")));
                assertThat(welcome).isEqualTo(new LinkWelcome(true, 2));
                second.send(new LinkWelcome(true, 3));
                assertThat(subscriptions(second, decoder, 3)).containsExactly(4L, 5L, 6L);
                Awaitility.await().atMost(TestNode.SOON).until(() -> acknowledged.equals(List.of(1, 2, 3)));
                assertThat(b.resumes).containsExactly(link);
                assertThat(b.downs).isEmpty();
                assertThat(b.links.counters().framesReplayed()).isEqualTo(2);
                assertThat(b.links.counters().resumes()).isEqualTo(1);
                second.send(new LinkAck(6));
                Awaitility.await().atMost(TestNode.SOON).until(() -> acknowledged.equals(List.of(1, 2, 3, 4, 5, 6)));
                Awaitility.await()
                        .atMost(TestNode.SOON)
                        .until(() -> link.status().replayBytes() == 0);
                assertThat(link.status().resumes()).isEqualTo(1);
            }
        }
    }

    @Test
    void aConnectionThatThePeerHasLostIsGivenUpBeforeItIsSaidWhatWasHandled() throws Exception {
        try (TestNode b = TestNode.named("b", PATIENT);
                RawPeer halfOpen = new RawPeer(b.port).linked("a");
                RawPeer second = new RawPeer(b.port)) {
            b.awaitUps(1);
            halfOpen.send(PeerLinkTest.interest("x", 1));
            Awaitility.await().atMost(TestNode.SOON).until(() -> b.changes.size() == 1);
            assertThat(second.prove(resuming("a", nonceOf("a")))).isEqualTo(new LinkWelcome(true, 1));
            assertThat(halfOpen.isClosedByPeer()).isTrue();
            second.send(new LinkWelcome(true, 0));
            b.awaitResumes(1);
            assertThat(b.changes).hasSize(1);
            assertThat(b.downs).isEmpty();
        }
    }

    @Test
    void ofTwoConnectionsTheLaterGoesOn() throws Exception {
        try (TestNode b = TestNode.named("b", PATIENT);
                RawPeer first = new RawPeer(b.port).linked("a");
                RawPeer early = new RawPeer(b.port);
                RawPeer late = new RawPeer(b.port)) {
            b.awaitUps(1);
            assertThat(early.prove(resuming("a", nonceOf("a"))).resumed()).isTrue();
            assertThat(late.prove(resuming("a", nonceOf("a"))).resumed()).isTrue();
            assertThat(early.isClosedByPeer()).isTrue();
            late.send(new LinkWelcome(true, 0));
            b.awaitResumes(1);
            assertThat(first.isClosedByPeer()).isTrue();
            assertThat(b.downs).isEmpty();
        }
    }

    @Test
    void aLinkThatIsNotThereIsANewOne() throws Exception {
        try (TestNode b = TestNode.named("b", PATIENT);
                RawPeer first = new RawPeer(b.port).linked("a")) {
            b.awaitUps(1);
            PeerLink earlier = b.link();
            byte[] guess = nonceOf("a");
            guess[31] ^= 1;
            try (RawPeer second = new RawPeer(b.port)) {
                assertThat(second.prove(resuming("a", guess))).isEqualTo(new LinkWelcome());
                assertThat(b.downs).containsExactly(new TestNode.Down(earlier, LinkDownReason.REPLACED));
                second.send(new LinkWelcome());
                b.awaitUps(2);
                assertThat(b.links.counters().resumptionsRefused()).isEqualTo(1);
                assertThat(first.socket.isConnected()).isTrue();
            }
        }
    }

    @Test
    void anotherNodeCannotGoOnWithTheLink() throws Exception {
        try (TestNode b = TestNode.named("b", PATIENT);
                RawPeer first = new RawPeer(b.port).linked("a");
                RawPeer other = new RawPeer(b.port)) {
            b.awaitUps(1);
            assertThat(other.prove(resuming("aa", nonceOf("a")))).isEqualTo(new LinkWelcome());
            assertThat(first.socket.isConnected()).isTrue();
            assertThat(b.downs).isEmpty();
        }
    }

    @Test
    void whoClaimsToHaveHandledWhatWasNotSentEndsTheLink() throws Exception {
        try (TestNode b = TestNode.named("b", PATIENT);
                RawPeer first = new RawPeer(b.port).linked("a");
                RawPeer second = new RawPeer(b.port)) {
            b.awaitUps(1);
            second.prove(resuming("a", nonceOf("a")));
            second.send(new LinkWelcome(true, 1));
            b.awaitDowns(1);
            assertThat(b.downs.get(0).reason()).isEqualTo(LinkDownReason.VIOLATION);
            assertThat(first.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void afterTheGraceTheLinkIsDown() throws Exception {
        AtomicInteger acknowledgements = new AtomicInteger();
        try (TestNode b = TestNode.named("b", SHORT_GRACE)) {
            RawPeer first = new RawPeer(b.port).linked("a");
            b.awaitUps(1);
            first.close();
            Awaitility.await()
                    .atMost(TestNode.SOON)
                    .until(() -> b.link().status().state() == LinkState.SUSPENDED);
            b.link().tell(PeerLinkTest.interest("t"), acknowledgements::incrementAndGet);
            b.awaitDowns(1);
            assertThat(b.downs.get(0).reason()).isEqualTo(LinkDownReason.CONNECTION_LOST);
            Awaitility.await().atMost(TestNode.SOON).until(() -> acknowledgements.get() == 1);
            assertThat(b.links.isLinked(new NodeId("a", 1))).isFalse();
            try (RawPeer second = new RawPeer(b.port)) {
                assertThat(second.prove(resuming("a", nonceOf("a"))).resumed()).isFalse();
            }
        }
    }

    @Test
    void aGoodbyeIsNotFollowedByAResumption() throws Exception {
        try (TestNode b = TestNode.named("b", PATIENT);
                RawPeer first = new RawPeer(b.port).linked("a")) {
            b.awaitUps(1);
            b.link().close(LinkDownReason.FENCED);
            b.awaitDowns(1);
            assertThat(first.isClosedByPeer()).isTrue();
            try (RawPeer second = new RawPeer(b.port)) {
                assertThat(second.prove(resuming("a", nonceOf("a"))).resumed()).isFalse();
            }
            assertThat(b.downs).extracting(TestNode.Down::reason).containsExactly(LinkDownReason.FENCED);
        }
    }

    @Test
    void aPeerThatGaveTheHandshakeUpWhenTheLinkWasUpHereHasNotBrokenTheProtocol() throws Exception {
        try (TestNode b = TestNode.named("b", PATIENT);
                RawPeer first = new RawPeer(b.port).linked("a");
                RawPeer second = new RawPeer(b.port)) {
            b.awaitUps(1);
            first.send(new LinkReject(RejectReason.TIMEOUT));
            awaitState(b, LinkState.SUSPENDED);
            assertThat(first.isClosedByPeer()).isTrue();
            assertThat(second.prove(resuming("a", nonceOf("a")))).isEqualTo(new LinkWelcome(true, 0));
            second.send(new LinkWelcome(true, 0));
            b.awaitResumes(1);
            assertThat(b.downs).isEmpty();
        }
    }

    @Test
    void aRejectAfterAnythingElseIsAViolation() throws Exception {
        try (TestNode b = TestNode.named("b", PATIENT);
                RawPeer peer = new RawPeer(b.port).linked("a")) {
            peer.send(new LinkPing(1));
            peer.send(new LinkReject(RejectReason.TIMEOUT));
            b.awaitDowns(1);
            assertThat(b.downs).extracting(TestNode.Down::reason).containsExactly(LinkDownReason.VIOLATION);
        }
    }

    @Test
    void whileItIsSuspendedTheQueueIsBounded() throws Exception {
        LinkLimits limits = new LinkLimits(MIB, MIB, MIB);
        try (TestNode b = new TestNode(TestNode.options("b", PATIENT, limits))) {
            RawPeer first = new RawPeer(b.port).linked("a");
            b.awaitUps(1);
            PeerLink link = b.link();
            first.close();
            awaitState(b, LinkState.SUSPENDED);
            assertThat(b.links.isLinked(new NodeId("a", 1))).isTrue();
            long most = 0;
            for (int sent = 1; link.isUp() && sent < 10 * MIB / 256; sent++) {
                link.send(PeerLinkTest.event(1, sent), PeerLinkTest.NOWHERE);
                boolean congested = link.isCongested();
                long queued = link.status().queuedBytes();
                most = Math.max(most, queued);
                assertThat(congested || queued < MIB / 2).isTrue();
            }
            b.awaitDowns(1);
            assertThat(b.downs.get(0).reason()).isEqualTo(LinkDownReason.OVERFLOW);
            assertThat(most).isBetween(MIB / 2L, MIB + 1024L);
        }
    }

    @Test
    void aFullWindowStopsTheSenderUntilItIsAcknowledged() throws Exception {
        LinkLimits limits = new LinkLimits(64L * MIB, 64 * 1024, MIB);
        try (TestNode b = new TestNode(TestNode.options("b", PATIENT, limits));
                RawPeer slow = new RawPeer(b.port).linked("a")) {
            b.awaitUps(1);
            PeerLink link = b.link();
            for (int i = 1; i <= 10_000; i++) {
                link.send(PeerLinkTest.event(1, i), PeerLinkTest.NOWHERE);
            }
            Awaitility.await().atMost(TestNode.SOON).until(() -> link.status().replayBytes() >= 64 * 1024);
            Awaitility.await()
                    .during(Duration.ofMillis(500))
                    .atMost(TestNode.SOON)
                    .until(() -> link.status().framesSent() < 10_000);
            long stopped = link.status().framesSent();
            assertThat(link.status().replayBytes()).isLessThan(512 * 1024);
            slow.send(new LinkAck(stopped));
            Awaitility.await().atMost(TestNode.SOON).until(() -> link.status().framesSent() > stopped);
            assertThat(link.isUp()).isTrue();
        }
    }

    @Test
    void aReplayOfMoreThanMayWaitOverflowsNothing() throws Exception {
        LinkLimits limits = new LinkLimits(MIB, 16 * MIB, MIB);
        int events = 100;
        try (TestNode b = new TestNode(TestNode.options("b", PATIENT, limits))) {
            RawPeer first = new RawPeer(b.port).linked("a");
            b.awaitUps(1);
            PeerLink link = b.link();
            for (int i = 1; i <= events; i++) {
                link.send(LinkFailureTest.event(100_000), PeerLinkTest.NOWHERE);
                int sent = i;
                while (link.status().framesSent() < sent) {
                    first.read();
                }
            }
            first.close();
            awaitState(b, LinkState.SUSPENDED);
            try (RawPeer second = new RawPeer(b.port)) {
                second.prove(resuming("a", nonceOf("a")));
                second.send(new LinkWelcome(true, 0));
                b.awaitResumes(1);
                for (int i = 1; i <= 10; i++) {
                    link.send(PeerLinkTest.event(1, i), PeerLinkTest.NOWHERE);
                }
                LinkDecoder decoder = new LinkDecoder(2);
                for (int left = events + 10; left > 0; ) {
                    byte[] bytes = second.read();
                    if (decoder.decode(Unpooled.wrappedBuffer(bytes), bytes.length) instanceof RoutedMessage) {
                        left--;
                    }
                }
                assertThat(link.isUp()).isTrue();
                assertThat(b.links.counters().framesReplayed()).isEqualTo(events);
            }
        }
    }

    @Test
    void longFramesAreAcknowledgedBeforeTheirNumberIsReached() throws Exception {
        try (TestNode a = TestNode.named("a", times(Duration.ofMinutes(10), PATIENT.resumeGrace()));
                TestNode b = TestNode.named("b", times(Duration.ofMinutes(10), PATIENT.resumeGrace()))) {
            TestNode.link(a, b);
            PeerLink link = a.link();
            for (int i = 0; i < 100; i++) {
                link.send(LinkFailureTest.event(300_000), PeerLinkTest.NOWHERE);
            }
            Awaitility.await()
                    .atMost(TestNode.SOON)
                    .until(() -> link.status().framesUnacknowledged() == 0
                            && link.status().framesSent() == 100);
        }
    }

    private static LinkTimes times(Duration heartbeat, Duration grace) {
        return new LinkTimes(
                heartbeat,
                heartbeat.plus(PATIENT.silence()),
                PATIENT.handshake(),
                PATIENT.farewell(),
                PATIENT.shortestPause(),
                PATIENT.longestPause(),
                grace,
                PATIENT.forgetAfter());
    }

    @Test
    void aSuspectIsNotWaitedFor() throws Exception {
        try (TestNode b = TestNode.named("b", PATIENT)) {
            NodeId a = new NodeId("a", 1);
            b.links.wanted(Map.of(a, new InetSocketAddress("127.0.0.1", 1)));
            RawPeer first = new RawPeer(b.port).linked("a");
            b.awaitUps(1);
            first.close();
            awaitState(b, LinkState.SUSPENDED);
            b.links.suspect(a);
            b.awaitDowns(1);

            RawPeer second = new RawPeer(b.port).linked("a");
            b.awaitUps(2);
            assertThat(b.states()).containsExactly(LinkState.UP);
            second.close();
            b.awaitDowns(2);
            assertThat(b.downs).extracting(TestNode.Down::reason).containsOnly(LinkDownReason.CONNECTION_LOST);
        }
    }

    @Test
    void aNodeThatLeftIsForgotten() throws Exception {
        try (TestNode b = TestNode.named("b", PATIENT)) {
            TestNode a = TestNode.named("a", PATIENT);
            TestNode.link(a, b);
            a.close();
            b.awaitDowns(1);
            assertThat(b.downs.get(0).reason()).isEqualTo(LinkDownReason.PEER_LEFT);
            Awaitility.await().atMost(TestNode.SOON).until(() -> b.forgotten.equals(List.of(a.id())));
            b.wants(a);
            assertThat(b.states()).isEmpty();
        }
    }

    @Test
    void aPeerOfVersionOneHasItsLinkWithoutWhatItDoesNotKnow() throws Exception {
        LinkVersions one = new LinkVersions(1, 1);
        AtomicInteger acknowledged = new AtomicInteger();
        try (TestNode b = TestNode.named("b", PATIENT)) {
            RawPeer peer = new RawPeer(b.port, one).linked("a");
            b.awaitUps(1);
            PeerLink link = b.link();
            link.tell(new SessionLeft("realm", 1, false), acknowledged::incrementAndGet);
            Awaitility.await("nothing to acknowledge").atMost(TestNode.SOON).until(() -> acknowledged.get() == 1);
            link.tell(PeerLinkTest.interest("t", 1), acknowledged::incrementAndGet);
            link.tell(new SessionLeft("realm", 2, false), acknowledged::incrementAndGet);
            link.tell(PeerLinkTest.interest("t", 2), acknowledged::incrementAndGet);
            assertThat(subscriptions(peer, new LinkDecoder(1), 2)).containsExactly(1L, 2L);
            assertThat(acknowledged).hasValue(1);
            peer.send(new LinkAck(1));
            Awaitility.await("the one skipped, too").atMost(TestNode.SOON).until(() -> acknowledged.get() == 3);
            peer.send(PeerLinkTest.interest("x", 1));
            Awaitility.await().atMost(TestNode.SOON).until(() -> b.changes.size() == 1);
            peer.close();
            b.awaitDowns(1);
            assertThat(b.downs.get(0).reason()).isEqualTo(LinkDownReason.CONNECTION_LOST);
            Awaitility.await().atMost(TestNode.SOON).until(() -> acknowledged.get() == 4);
        }
    }

    @Test
    void aCutThatOneSideHasNotSeenIsNoLoss() throws Exception {
        try (TestNode a = TestNode.named("a", PATIENT);
                TestNode b = TestNode.named("b", PATIENT);
                TcpProxy proxy = new TcpProxy(b.port, 1)) {
            a.links.wanted(Map.of(b.id(), proxy.address()));
            b.wants(a);
            a.awaitUps(1);
            b.awaitUps(1);
            LinkTraffic there = new LinkTraffic(a, b).start();
            LinkTraffic back = new LinkTraffic(b, a).start();
            for (int cut = 1; cut <= 20; cut++) {
                proxy.cutNearSide();
                a.awaitResumes(cut);
                b.awaitResumes(cut);
            }
            there.stop();
            back.stop();
            there.assertComplete("half-open");
            back.assertComplete("half-open");
            assertThat(a.downs).isEmpty();
            assertThat(b.downs).isEmpty();
        }
    }

    @Test
    void anOutageLongerThanTheGraceEndsTheLinkAndANodeThatMembershipLostIsCalledOn() throws Exception {
        AtomicInteger acknowledged = new AtomicInteger();
        try (TestNode a = TestNode.named("a", SHORT_GRACE);
                TestNode b = TestNode.named("b", SHORT_GRACE);
                TcpProxy proxy = new TcpProxy(b.port, 1)) {
            a.links.wanted(Map.of(b.id(), proxy.address()));
            b.wants(a);
            a.awaitUps(1);
            b.awaitUps(1);
            PeerLink earlier = a.link();
            proxy.refuse(true);
            proxy.cut();
            a.awaitDowns(1);
            b.awaitDowns(1);
            a.links.suspect(b.id());
            b.links.suspect(a.id());
            earlier.tell(PeerLinkTest.interest("t"), acknowledged::incrementAndGet);
            Awaitility.await().atMost(TestNode.SOON).until(() -> acknowledged.get() == 1);
            assertThat(a.states()).containsExactly(LinkState.CONNECTING);
            proxy.refuse(false);
            a.awaitUps(2);
            b.awaitUps(2);
            assertThat(a.link()).isNotSameAs(earlier);
            assertThat(a.downs).containsExactly(new TestNode.Down(earlier, LinkDownReason.CONNECTION_LOST));
            assertThat(b.downs).extracting(TestNode.Down::reason).containsExactly(LinkDownReason.CONNECTION_LOST);
            assertThat(a.forgotten).isEmpty();
            assertThat(a.resumes).isEmpty();
        }
    }

    private static void awaitState(TestNode node, LinkState state) {
        Awaitility.await().atMost(TestNode.SOON).until(() -> node.states().equals(List.of(state)));
    }

    private static LinkHello resuming(String node, byte[] link) {
        LinkHello hello = RawPeer.hello(node);
        return new LinkHello(hello.versions(), hello.cluster(), hello.node(), hello.nonce(), link);
    }

    private static byte[] nonceOf(String node) {
        return RawPeer.hello(node).nonce().clone();
    }

    /** Of the next {@code count} table changes that the peer gets; heartbeats and acknowledgements are passed over. */
    private static List<Long> subscriptions(RawPeer peer, LinkDecoder decoder, int count) throws Exception {
        List<Long> subscriptions = new ArrayList<>();
        long since = System.nanoTime();
        while (subscriptions.size() < count) {
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(TestNode.SOON);
            byte[] bytes = peer.read();
            LinkFrame frame = decoder.decode(Unpooled.wrappedBuffer(bytes), bytes.length);
            assertThat(frame).isNotInstanceOf(LinkGoodbye.class);
            if (frame instanceof TableChange change) {
                subscriptions.add(((InterestAdded) change).subscription());
            } else if (frame instanceof LinkPing) {
                peer.send(new LinkPing(1));
            }
        }
        return subscriptions;
    }
}
