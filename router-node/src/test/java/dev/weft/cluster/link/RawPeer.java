package dev.weft.cluster.link;

import dev.weft.link.HandshakeCodec;
import dev.weft.link.LinkEncoder;
import dev.weft.link.LinkFrame;
import dev.weft.link.LinkHandshake;
import dev.weft.link.LinkHello;
import dev.weft.link.LinkProof;
import dev.weft.link.LinkSecret;
import dev.weft.link.LinkVersions;
import dev.weft.link.LinkViolation;
import dev.weft.link.LinkWelcome;
import dev.weft.link.NodeId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The connecting end of a link, spoken by hand over a plain socket. */
final class RawPeer implements AutoCloseable {
    private final LinkVersions versions;
    private final LinkEncoder encoder;
    final Socket socket;
    final DataInputStream in;

    RawPeer(int port) throws IOException {
        this(port, LinkVersions.SPOKEN);
    }

    /** @param versions what it says it speaks; it speaks the highest */
    RawPeer(int port, LinkVersions versions) throws IOException {
        this.versions = versions;
        encoder = new LinkEncoder(versions.highest());
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
    }

    static LinkHello hello(String node) {
        return hello(node, "test", LinkVersions.SPOKEN);
    }

    static LinkHello hello(String node, String cluster, LinkVersions versions) {
        return new LinkHello(versions, cluster, new NodeId(node, 1), new byte[LinkHello.NONCE_BYTES]);
    }

    static byte[] bytes(LinkHandshake frame) {
        ByteBuf out = Unpooled.buffer();
        HandshakeCodec.encode(frame, out);
        return ByteBufUtil.getBytes(out);
    }

    /** Goes through the whole handshake as node {@code node}, to a new link. */
    RawPeer linked(String node) throws IOException, LinkViolation {
        LinkWelcome answer = prove(hello(node, "test", versions));
        if (answer.resumed()) {
            throw new IOException("resumed");
        }
        send(new LinkWelcome());
        return this;
    }

    /** The handshake up to the welcome of the other side, if its version has one. */
    LinkWelcome prove(LinkHello hello) throws IOException, LinkViolation {
        byte[] own = bytes(hello);
        socket.getOutputStream().write(own);
        byte[] theirs = read();
        LinkSecret secret = new LinkSecret("secret".getBytes(StandardCharsets.UTF_8));
        send(new LinkProof(secret.proof(LinkSecret.Part.CONNECTOR, withoutLength(own), theirs)));
        LinkProof proof = (LinkProof) handshake(read());
        if (secret.provedBy(proof.mac(), LinkSecret.Part.ACCEPTOR, withoutLength(own), theirs) == null) {
            throw new IOException("wrong proof");
        }
        return versions.highest() == 1 ? new LinkWelcome() : (LinkWelcome) handshake(read());
    }

    static byte[] withoutLength(byte[] frame) {
        return Arrays.copyOfRange(frame, Integer.BYTES, frame.length);
    }

    void send(LinkFrame frame) throws IOException {
        ByteBuf out = Unpooled.buffer();
        encoder.encode(frame, out);
        socket.getOutputStream().write(ByteBufUtil.getBytes(out));
    }

    /** The next frame, without its length. */
    byte[] read() throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
    }

    LinkHandshake readHandshake() throws IOException, LinkViolation {
        return handshake(read());
    }

    private static LinkHandshake handshake(byte[] frame) throws LinkViolation {
        return HandshakeCodec.decode(Unpooled.wrappedBuffer(frame), frame.length);
    }

    /** Whether the other side closes the connection; what it still sends is passed over. */
    boolean isClosedByPeer() {
        try {
            return in.readAllBytes() != null;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
