package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.GoodbyeReason;
import dev.weft.link.LinkDecoder;
import dev.weft.link.LinkEncoder;
import dev.weft.link.LinkFrame;
import dev.weft.link.LinkGoodbye;
import dev.weft.link.LinkVersions;
import dev.weft.link.NodeId;
import dev.weft.link.NodeLinked;
import dev.weft.link.RejectReason;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that are told of each other by the nodes with which both are linked. */
class LinkGossipTest {
    private static final String HERE = "127.0.0.1";

    private TestNode m;

    @BeforeEach
    void oneNode() throws Exception {
        m = TestNode.named("m", forgettingAfter(TestNode.TIMES.forgetAfter()));
    }

    @AfterEach
    void close() throws Exception {
        m.close();
    }

    @Test
    void twoNodesThatMembershipToldOfAThirdAloneAreLinked() throws Exception {
        try (TestNode b = TestNode.named("b");
                TestNode c = TestNode.named("c")) {
            m.wants(b, c);
            b.wants(m);
            m.awaitUps(1);
            c.wants(m);
            awaitLinks(m, b, c);
            awaitLinks(b, m, c);
            awaitLinks(c, m, b);
            assertThat(m.changes).as("seen by the listener").isEmpty();
            assertThat(b.changes).isEmpty();
            assertThat(c.changes).isEmpty();
            for (TestNode node : List.of(m, b, c)) {
                assertThat(node.links.counters().failures()).isZero();
                Awaitility.await()
                        .atMost(TestNode.SOON)
                        .until(() -> node.links.links().stream().allMatch(link -> link.framesUnacknowledged() == 0));
            }
        }
    }

    @Test
    void newsGoOnFromNodeToNode() throws Exception {
        try (TestNode a = TestNode.named("a");
                TestNode b = TestNode.named("b");
                TestNode c = TestNode.named("c");
                TestNode z = TestNode.named("z")) {
            link(m, z);
            link(b, c);
            link(a, b);
            link(c, z);
            awaitLinks(a, b, c, m, z);
            awaitLinks(m, a, b, c, z);
        }
    }

    @Test
    void aNodeThatLinkedBeforeMembershipToldOfItIsPassedOnWhenItDoes() throws Exception {
        try (TestNode a = TestNode.named("a");
                TestNode b = TestNode.named("b")) {
            link(a, m);
            b.wants(m);
            m.awaitUps(2);
            awaitKnown(b, a.id());
            assertThat(b.links.isLinked(a.id()))
                    .as("a does not know where to call b")
                    .isFalse();
            m.wants(a, b);
            awaitLinks(a, m, b);
            awaitLinks(b, m, a);
        }
    }

    @Test
    void aNodeThatDoesNotExistIsGivenUpAndNothingElseIsHarmed() throws Exception {
        m.close();
        m = TestNode.named("m", forgettingAfter(Duration.ofMillis(300)));
        NodeId called = new NodeId("x", 1);
        NodeId awaited = new NodeId("b", 1);
        NodeId nowhere = new NodeId("y", 1);
        try (TestNode z = TestNode.named("z");
                RawPeer liar = new RawPeer(m.port).linked("a")) {
            link(m, z);
            liar.send(new NodeLinked(called, HERE, closedPort()));
            liar.send(new NodeLinked(awaited, HERE, 1));
            liar.send(new NodeLinked(nowhere, "no such host, \0\u2028 %", 1));
            Awaitility.await().atMost(TestNode.SOON).until(() -> m.forgotten.size() == 3);
            assertThat(m.forgotten).containsExactlyInAnyOrder(called, awaited, nowhere);
            assertThat(m.downs).isEmpty();
            assertThat(z.downs).isEmpty();
            assertThat(m.links.isLinked(z.id())).isTrue();
            assertThat(m.links.counters().failures()).isZero();
            NodeId last = new NodeId("last", 1);
            liar.send(new NodeLinked(called, HERE, closedPort()));
            liar.send(new NodeLinked(last, HERE, 1));
            Awaitility.await().atMost(TestNode.SOON).until(() -> m.forgotten.contains(last));
            assertThat(m.forgotten).as("wanted once").containsOnlyOnce(called);
        }
    }

    @Test
    void aNodeThatSaidGoodbyeIsNotCalledAgain() throws Exception {
        try (RawPeer leaving = new RawPeer(m.port).linked("b");
                RawPeer late = new RawPeer(m.port).linked("a")) {
            m.awaitUps(2);
            leaving.send(new LinkGoodbye(GoodbyeReason.LEAVING));
            m.awaitDowns(1);
            Awaitility.await().atMost(TestNode.SOON).until(() -> !m.forgotten.isEmpty());
            NodeId gone = new NodeId("b", 1);
            late.send(new NodeLinked(gone, HERE, 1));
            assertNotWanted(late, gone);
        }
    }

    @Test
    void ofALinkedNodeNoOtherRunIsWanted() throws Exception {
        try (RawPeer peer = new RawPeer(m.port).linked("a");
                RawPeer unknown = new RawPeer(m.port).linked("b")) {
            m.awaitUps(2);
            NodeId otherRun = new NodeId("b", 7);
            peer.send(new NodeLinked(otherRun, HERE, 1));
            assertNotWanted(peer, otherRun);
            assertThat(unknown.socket.isClosed()).isFalse();
        }
    }

    @Test
    void whoIsToldOfStillHasToProveTheSecret() throws Exception {
        try (TestNode stranger = new TestNode(TestNode.options("x", "test", "other", LinkLimits.DEFAULT));
                RawPeer peer = new RawPeer(m.port).linked("a")) {
            peer.send(new NodeLinked(stranger.id(), HERE, stranger.port));
            Awaitility.await()
                    .atMost(TestNode.SOON)
                    .until(() -> stranger.links.counters().rejects(RejectReason.SECRET) > 1);
            assertThat(m.links.isLinked(stranger.id())).isFalse();
            assertThat(stranger.ups).isEmpty();
        }
    }

    @Test
    void aPeerOfVersionOneIsToldOfNobody() throws Exception {
        try (TestNode b = TestNode.named("b");
                RawPeer first = new RawPeer(m.port, new LinkVersions(1, 1)).linked("a");
                TestNode z = TestNode.named("z")) {
            m.awaitUps(1);
            PeerLink old = m.link();
            link(m, b);
            link(m, z);
            awaitLinks(z, m, b);
            old.tell(PeerLinkTest.interest("t"), null);
            assertThat(framesUpToTheFirstNumbered(first)).allMatch(frame -> !(frame instanceof NodeLinked));
        }
    }

    /** A frame that version 1 does not have fails the decoder. */
    private static List<LinkFrame> framesUpToTheFirstNumbered(RawPeer peer) throws Exception {
        LinkDecoder decoder = new LinkDecoder(1);
        List<LinkFrame> frames = new ArrayList<>();
        do {
            byte[] frame = peer.read();
            frames.add(decoder.decode(Unpooled.wrappedBuffer(frame), frame.length));
        } while (!LinkEncoder.isNumbered(frames.get(frames.size() - 1)));
        return frames;
    }

    /** What the peer told before is handled when what it tells now is. */
    private void assertNotWanted(RawPeer peer, NodeId node) throws Exception {
        NodeId last = new NodeId("last", 1);
        peer.send(new NodeLinked(last, HERE, 1));
        awaitKnown(m, last);
        assertThat(known(m)).doesNotContain(node);
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void link(TestNode one, TestNode other) {
        one.wants(other);
        other.wants(one);
        awaitLinks(one, other);
        awaitLinks(other, one);
    }

    private static void awaitLinks(TestNode node, TestNode... others) {
        for (TestNode other : others) {
            Awaitility.await(node.id() + " to " + other.id())
                    .atMost(TestNode.SOON)
                    .until(() -> node.links.isLinked(other.id()));
        }
    }

    private static void awaitKnown(TestNode node, NodeId other) {
        Awaitility.await().atMost(TestNode.SOON).until(() -> known(node).contains(other));
    }

    private static List<NodeId> known(TestNode node) {
        return node.links.links().stream().map(LinkStatus::peer).toList();
    }

    private static LinkTimes forgettingAfter(Duration forgetAfter) {
        LinkTimes times = TestNode.PATIENT;
        return new LinkTimes(
                times.heartbeat(),
                times.silence(),
                times.handshake(),
                times.farewell(),
                times.shortestPause(),
                times.longestPause(),
                times.resumeGrace(),
                forgetAfter);
    }
}
