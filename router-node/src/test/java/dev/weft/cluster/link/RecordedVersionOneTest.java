package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeTraits;
import dev.weft.link.HandshakeCodec;
import dev.weft.link.LinkAck;
import dev.weft.link.LinkDecoder;
import dev.weft.link.LinkHello;
import dev.weft.link.LinkProof;
import dev.weft.link.LinkSecret;
import dev.weft.link.LinkVersions;
import dev.weft.link.NodeState;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer that speaks version 1 alone, with the bytes that were recorded when there was no other. */
class RecordedVersionOneTest {
    private static final Path RECORDED =
            Path.of("").toAbsolutePath().resolveSibling("cluster-protocol/src/test/resources/frames/v1");
    private static final LinkSecret SECRET = new LinkSecret("secret".getBytes(StandardCharsets.US_ASCII));

    private final AtomicInteger handled = new AtomicInteger();
    private TestNode node;

    @BeforeEach
    void listen() throws Exception {
        node = new TestNode(TestNode.options("b", "weft", TestNode.PATIENT, LinkLimits.DEFAULT));
        node.onRouted = (link, message) -> handled.incrementAndGet();
        node.onChanged = (link, change) -> handled.incrementAndGet();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void itsFramesAreUnderstoodAndAcknowledged() throws Exception {
        List<String> files = List.of(
                "interest-added",
                "interest-removed",
                "callee-added",
                "callee-removed",
                "event",
                "call",
                "cancel",
                "result",
                "error",
                "refusal",
                "snapshot-end");
        for (String file : files) {
            handled.set(0);
            try (RawPeer peer = linked()) {
                byte[] bytes = recorded(file);
                peer.socket.getOutputStream().write(bytes);
                int frames = frames(bytes).size();
                peer.socket.getOutputStream().write(recorded("ping"));
                Awaitility.await(file).atMost(TestNode.SOON).until(() -> handled.get() == frames);
                peer.socket.getOutputStream().write(recorded("goodbye"));
                assertThat(peer.isClosedByPeer()).isTrue();
            }
            node.awaitDowns(1);
            assertThat(node.downs.get(0).reason()).as(file).isEqualTo(LinkDownReason.PEER_LEFT);
            close();
            listen();
        }
    }

    @Test
    void itGetsTheBytesThatItKnowsAndNoOthers() throws Exception {
        try (RawPeer peer = linked()) {
            node.awaitUps(1);
            node.link().tell(new NodeState(true, 7), null);
            node.link()
                    .tell(
                            new CalleeAdded(
                                    "r",
                                    MatchPolicy.PREFIX,
                                    "a.b",
                                    InvocationPolicy.ROUNDROBIN,
                                    9,
                                    128,
                                    4711,
                                    42,
                                    3,
                                    CalleeTraits.NONE),
                            null);
            byte[] expected = RawPeer.withoutLength(recorded("callee-added"));
            LinkDecoder decoder = new LinkDecoder(1);
            byte[] frame = peer.read();
            while (!(decoder.decode(Unpooled.wrappedBuffer(frame), frame.length) instanceof CalleeAdded)) {
                frame = peer.read();
            }
            assertThat(frame).isEqualTo(expected);
            peer.send(new LinkAck(1));
            Awaitility.await()
                    .atMost(TestNode.SOON)
                    .until(() -> node.link().status().framesUnacknowledged() == 0);
            peer.close();
            node.awaitDowns(1);
            assertThat(node.downs.get(0).reason()).isEqualTo(LinkDownReason.CONNECTION_LOST);
        }
    }

    /** The handshake of node {@code a}: the recorded hello and welcome, and the proof that this connection asks for. */
    private RawPeer linked() throws Exception {
        RawPeer peer = new RawPeer(node.port, new LinkVersions(1, 1));
        byte[] hello = frames(recorded("hello")).get(0);
        peer.socket.getOutputStream().write(hello);
        byte[] theirs = peer.read();
        assertThat(HandshakeCodec.decode(Unpooled.wrappedBuffer(theirs), theirs.length))
                .isInstanceOf(LinkHello.class);
        byte[] own = RawPeer.withoutLength(hello);
        peer.send(new LinkProof(SECRET.proof(LinkSecret.Part.CONNECTOR, own, theirs)));
        LinkProof proof = (LinkProof) peer.readHandshake();
        assertThat(SECRET.provedBy(proof.mac(), LinkSecret.Part.ACCEPTOR, own, theirs))
                .isSameAs(SECRET);
        peer.socket.getOutputStream().write(recorded("welcome"));
        return peer;
    }

    /** Each with its length. */
    private static List<byte[]> frames(byte[] bytes) {
        List<byte[]> frames = new ArrayList<>();
        for (int start = 0; start < bytes.length; ) {
            int length = Integer.BYTES + Unpooled.wrappedBuffer(bytes).getInt(start);
            frames.add(Arrays.copyOfRange(bytes, start, start + length));
            start += length;
        }
        return frames;
    }

    private static byte[] recorded(String file) throws IOException {
        String text = Files.readString(RECORDED.resolve(file + ".hex"));
        return HexFormat.of().parseHex(text.replaceAll("#.*", "").replaceAll("\\s", ""));
    }
}
