package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.link.HandshakeCodec;
import dev.weft.link.LinkHello;
import dev.weft.link.LinkPing;
import dev.weft.link.LinkProof;
import dev.weft.link.LinkReject;
import dev.weft.link.LinkSecret;
import dev.weft.link.LinkVersions;
import dev.weft.link.LinkWelcome;
import dev.weft.link.NodeId;
import dev.weft.link.RejectReason;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LinkHandshakeTest {
    private static final LinkVersions LATER =
            new LinkVersions(LinkVersions.SPOKEN.highest() + 1, LinkVersions.SPOKEN.highest() + 2);

    @Test
    void nodesWithDifferentSecretsDoNotLink() throws Exception {
        mismatch(TestNode.options("b", "test", "other", LinkLimits.DEFAULT), RejectReason.SECRET);
    }

    @Test
    void nodesOfDifferentClustersDoNotLink() throws Exception {
        mismatch(TestNode.options("b", "other", "secret", LinkLimits.DEFAULT), RejectReason.CLUSTER);
    }

    private static void mismatch(LinkOptions other, RejectReason reason) throws Exception {
        try (TestNode a = TestNode.named("a");
                TestNode b = new TestNode(other)) {
            a.wants(b);
            b.wants(a);
            awaitReject(a, reason);
            awaitReject(b, reason);
            assertThat(a.ups).isEmpty();
            assertThat(b.ups).isEmpty();
            assertThat(a.states()).containsExactly(LinkState.CONNECTING);
            assertThat(b.states()).containsExactly(LinkState.AWAITED);
        }
    }

    private static void awaitReject(TestNode node, RejectReason reason) {
        Awaitility.await()
                .atMost(TestNode.SOON)
                .until(() -> node.links.counters().rejects(reason) > 1);
    }

    @Test
    void aLaterVersionThatDoesNotSpeakOursIsRejected() throws Exception {
        try (TestNode b = TestNode.named("b");
                RawPeer peer = new RawPeer(b.port)) {
            peer.send(RawPeer.hello("a", "test", LATER));
            assertRejected(peer, RejectReason.VERSION);
        }
    }

    @Test
    void aNodeOfGreaterNameMayNotConnect() throws Exception {
        try (TestNode b = TestNode.named("b");
                RawPeer greater = new RawPeer(b.port);
                RawPeer same = new RawPeer(b.port)) {
            greater.send(RawPeer.hello("c"));
            assertRejected(greater, RejectReason.DIRECTION);
            same.send(RawPeer.hello("b"));
            assertRejected(same, RejectReason.DIRECTION);
        }
    }

    @Test
    void aStrangerLearnsNothingAboutTheCluster() throws Exception {
        try (TestNode b = TestNode.named("b");
                RawPeer peer = new RawPeer(b.port)) {
            peer.send(RawPeer.hello("a", "guess", LinkVersions.SPOKEN));
            assertRejected(peer, RejectReason.CLUSTER);
        }
    }

    @Test
    void aProofSentBackToItsMakerIsWrong() throws Exception {
        try (TestNode b = TestNode.named("b");
                RawPeer peer = new RawPeer(b.port)) {
            byte[] own = RawPeer.bytes(RawPeer.hello("a"));
            peer.socket.getOutputStream().write(own);
            byte[] theirs = peer.read();
            byte[] reflected = new LinkSecret("secret".getBytes(StandardCharsets.UTF_8))
                    .proof(LinkSecret.Part.ACCEPTOR, RawPeer.withoutLength(own), theirs);
            peer.send(new LinkProof(reflected));
            assertRejected(peer, RejectReason.SECRET);
        }
    }

    @Test
    void aProofIsGoodForOneConnection() throws Exception {
        try (TestNode b = TestNode.named("b");
                RawPeer first = new RawPeer(b.port);
                RawPeer second = new RawPeer(b.port)) {
            byte[] own = RawPeer.bytes(RawPeer.hello("a"));
            first.socket.getOutputStream().write(own);
            byte[] proof = new LinkSecret("secret".getBytes(StandardCharsets.UTF_8))
                    .proof(LinkSecret.Part.CONNECTOR, RawPeer.withoutLength(own), first.read());
            second.socket.getOutputStream().write(own);
            second.read();
            second.send(new LinkProof(proof));
            assertRejected(second, RejectReason.SECRET);
            first.send(new LinkProof(proof));
            assertThat(first.readHandshake()).isInstanceOf(LinkProof.class);
        }
    }

    @Test
    void nothingButTheHandshakeIsUnderstoodBeforeIt() throws Exception {
        try (TestNode b = TestNode.named("b");
                RawPeer early = new RawPeer(b.port);
                RawPeer skipping = new RawPeer(b.port)) {
            early.send(new LinkPing(1));
            assertRejected(early, RejectReason.MALFORMED);
            skipping.send(new LinkWelcome());
            assertRejected(skipping, RejectReason.MALFORMED);
            assertThat(b.ups).isEmpty();
        }
    }

    @Test
    void aLongFrameBeforeTheHandshakeIsRejectedByItsLengthAlone() throws Exception {
        try (TestNode b = TestNode.named("b");
                RawPeer peer = new RawPeer(b.port)) {
            peer.socket.getOutputStream().write(new byte[] {0, 0, 4, 1});
            assertThat(HandshakeCodec.MAX_FRAME_OCTETS).isEqualTo(0x400);
            assertRejected(peer, RejectReason.MALFORMED);
        }
    }

    @Test
    void garbageEndsOnlyItsOwnConnection() throws Exception {
        Random random = new Random(7);
        try (TestNode a = TestNode.named("a");
                TestNode b = TestNode.named("b")) {
            TestNode.link(a, b);
            for (int i = 0; i < 50; i++) {
                byte[] garbage = new byte[1 + random.nextInt(2000)];
                random.nextBytes(garbage);
                garbage[0] |= 1;
                try (RawPeer peer = new RawPeer(b.port)) {
                    peer.socket.getOutputStream().write(garbage);
                    peer.socket.shutdownOutput();
                    assertThat(peer.isClosedByPeer()).isTrue();
                }
            }
            assertThat(a.downs).isEmpty();
            assertThat(b.downs).isEmpty();
        }
    }

    @Test
    void whoSaysNothingIsSentAway() throws Exception {
        try (TestNode b = TestNode.named("b");
                RawPeer peer = new RawPeer(b.port)) {
            assertRejected(peer, RejectReason.TIMEOUT);
        }
    }

    @Test
    void aNodeThatIsNotTheOneCalledIsNotLinked() throws Exception {
        try (TestNode a = TestNode.named("a");
                TestNode b = TestNode.named("b")) {
            NodeId earlierRun = new NodeId("b", 0);
            a.links.wanted(Map.of(earlierRun, InetSocketAddress.createUnresolved("127.0.0.1", b.port)));
            awaitReject(a, RejectReason.NOT_THE_NODE_CALLED);
            assertThat(b.ups).isEmpty();
        }
    }

    @Test
    void withoutASecretOnlyLoopbackIsServed() throws Exception {
        LinkOptions loopback = TestNode.options("a", "test", "", LinkLimits.DEFAULT);
        LinkOptions everywhere = new LinkOptions(
                loopback.node(), "test", loopback.secret(), "0.0.0.0", 0, TestNode.TIMES, LinkLimits.DEFAULT, null);
        Vertx vertx = Vertx.vertx();
        try {
            assertThatThrownBy(() -> new LinkSupervisor(vertx, everywhere, null))
                    .isInstanceOf(IllegalArgumentException.class);
        } finally {
            vertx.close();
        }
        try (TestNode a = new TestNode(loopback);
                TestNode b = new TestNode(TestNode.options("b", "test", "", LinkLimits.DEFAULT))) {
            TestNode.link(a, b);
        }
    }

    @Test
    void aHelloNeverRepeatsItsNonce() throws Exception {
        try (TestNode b = TestNode.named("b");
                RawPeer first = new RawPeer(b.port);
                RawPeer second = new RawPeer(b.port)) {
            first.send(RawPeer.hello("a"));
            second.send(RawPeer.hello("a"));
            byte[] one = ((LinkHello) first.readHandshake()).nonce();
            byte[] two = ((LinkHello) second.readHandshake()).nonce();
            assertThat(one).isNotEqualTo(two).isNotEqualTo(new byte[LinkHello.NONCE_BYTES]);
        }
    }

    private static void assertRejected(RawPeer peer, RejectReason reason) throws Exception {
        assertThat(peer.readHandshake()).isEqualTo(new LinkReject(reason));
        assertThat(peer.isClosedByPeer()).isTrue();
    }
}
