package dev.weft.cluster.link;

import dev.weft.link.HandshakeCodec;
import dev.weft.link.LinkHandshake;
import dev.weft.link.LinkHello;
import dev.weft.link.LinkProof;
import dev.weft.link.LinkReject;
import dev.weft.link.LinkSecret;
import dev.weft.link.LinkSecret.Part;
import dev.weft.link.LinkVersions;
import dev.weft.link.LinkViolation;
import dev.weft.link.LinkWelcome;
import dev.weft.link.NodeId;
import dev.weft.link.RejectReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection until it is a link. The connecting side says hello and proves the secret first; the accepting side answers
 * each, and is believed to have room for the link once it has sent its own proof; the connecting side's welcome ends it.
 * On the event loop of the connection.
 */
final class Handshake implements FrameSplitter.Receiver {
    private static final SecureRandom RANDOM = new SecureRandom();

    private enum Step {
        HELLO,
        PROOF,
        ROOM,
        WELCOME,
        DONE
    }

    private final LinkEnvironment environment;
    private final LinkOptions options;
    private final Part part;
    private final @Nullable NodeId called;
    private final Runnable done;
    private final FrameSplitter splitter = new FrameSplitter(this);
    private final byte[] nonce = new byte[LinkHello.NONCE_BYTES];
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> timeout;
    private Step step = Step.HELLO;
    private byte[] ownHello = {};
    private byte[] peerHello = {};
    private @Nullable NodeId peer;
    private int version = LinkVersions.NONE;
    private LinkSlots.@Nullable Slot slot;
    private @Nullable PeerLink link;

    /**
     * @param called the node that was called, or null if the other side called
     * @param done run once on the event loop: a link came of it, or nothing will
     */
    Handshake(LinkEnvironment environment, @Nullable NodeId called, Runnable done) {
        this.environment = environment;
        this.done = done;
        this.options = environment.options();
        this.called = called;
        this.part = called == null ? Part.ACCEPTOR : Part.CONNECTOR;
        RANDOM.nextBytes(nonce);
    }

    /** Takes over a connection, on its event loop, before anything was read from it. */
    void start(ChannelHandlerContext vertxHandler) {
        vertxHandler.pipeline().addBefore(vertxHandler.name(), "link", splitter);
        ChannelHandlerContext own = vertxHandler.pipeline().context(splitter);
        context = own;
        if (options.secret().isEmpty() && !isLoopback(own)) {
            reject(RejectReason.SECRET);
            return;
        }
        long patience = options.times().handshake().toNanos();
        timeout =
                own.channel().eventLoop().schedule(() -> reject(RejectReason.TIMEOUT), patience, TimeUnit.NANOSECONDS);
        if (part == Part.CONNECTOR) {
            sayHello(own);
        }
    }

    private static boolean isLoopback(ChannelHandlerContext own) {
        return own.channel().remoteAddress() instanceof InetSocketAddress address
                && address.getAddress().isLoopbackAddress();
    }

    /** Whether a link came of it. */
    boolean succeeded() {
        return link != null;
    }

    @Override
    public int maxFrameBytes() {
        return HandshakeCodec.MAX_FRAME_OCTETS;
    }

    @Override
    public void frame(ByteBuf in, int length) throws LinkViolation {
        ChannelHandlerContext own = context;
        if (step == Step.DONE || own == null) {
            return;
        }
        byte[] bytes = ByteBufUtil.getBytes(in, in.readerIndex(), length);
        LinkHandshake frame = HandshakeCodec.decode(in, length);
        if (frame instanceof LinkReject reject) {
            rejectedByPeer(own, reject.reason());
        } else if (frame instanceof LinkHello hello && step == Step.HELLO) {
            peerHello = bytes;
            hello(own, hello);
        } else if (frame instanceof LinkProof proof && step == Step.PROOF) {
            proof(own, proof);
        } else if (frame instanceof LinkWelcome && step == Step.WELCOME) {
            up(own);
        } else {
            throw new LinkViolation("out of turn");
        }
    }

    private void hello(ChannelHandlerContext own, LinkHello hello) {
        version = hello.versions().common(LinkVersions.SPOKEN);
        RejectReason refusal = refusal(hello);
        if (refusal != null) {
            reject(refusal);
            return;
        }
        peer = hello.node();
        step = Step.PROOF;
        if (part == Part.CONNECTOR) {
            prove(own);
        } else {
            sayHello(own);
        }
    }

    private @Nullable RejectReason refusal(LinkHello hello) {
        NodeId node = hello.node();
        if (version == LinkVersions.NONE) {
            return RejectReason.VERSION;
        }
        if (!hello.cluster().equals(options.cluster())) {
            return RejectReason.CLUSTER;
        }
        if (called != null && !called.equals(node)) {
            return RejectReason.NOT_THE_NODE_CALLED;
        }
        if (called == null && node.compareTo(options.node()) >= 0) {
            return RejectReason.DIRECTION;
        }
        return environment.admission().isForgotten(node) ? RejectReason.FORGOTTEN : null;
    }

    private void proof(ChannelHandlerContext own, LinkProof proof) {
        NodeId node = peer;
        if (node == null || !isProof(proof)) {
            reject(RejectReason.SECRET);
            return;
        }
        step = Step.ROOM;
        Channel channel = own.channel();
        LinkSlots.Slot claimed =
                environment.slots().claim(node, reason -> channel.eventLoop().execute(() -> evicted(reason)));
        slot = claimed;
        claimed.free().thenRun(() -> channel.eventLoop().execute(() -> roomFree(own)));
    }

    private void roomFree(ChannelHandlerContext own) {
        if (step != Step.ROOM) {
            return;
        }
        if (part == Part.ACCEPTOR) {
            prove(own);
            step = Step.WELCOME;
            return;
        }
        send(own, new LinkWelcome());
        up(own);
    }

    private void up(ChannelHandlerContext own) {
        NodeId node = peer;
        LinkSlots.Slot claimed = slot;
        if (node == null || claimed == null) {
            return;
        }
        finish();
        slot = null;
        environment.admission().accepted(who(own));
        PeerLink up = new PeerLink(own, claimed, version, environment);
        link = up;
        up.start(splitter);
    }

    private void evicted(LinkDownReason reason) {
        if (link != null) {
            link.close(reason);
        } else {
            reject(reason == LinkDownReason.FORGOTTEN ? RejectReason.FORGOTTEN : RejectReason.OTHER);
        }
    }

    private void sayHello(ChannelHandlerContext own) {
        ByteBuf hello = own.alloc().buffer();
        HandshakeCodec.encode(options.hello(nonce), hello);
        ownHello = ByteBufUtil.getBytes(hello, Integer.BYTES, hello.readableBytes() - Integer.BYTES);
        own.writeAndFlush(hello);
    }

    private void prove(ChannelHandlerContext own) {
        LinkSecret secret = options.secret();
        send(own, new LinkProof(secret.proof(part, connectorHello(), acceptorHello())));
    }

    private boolean isProof(LinkProof proof) {
        return options.secret().isProof(proof.mac(), part.other(), connectorHello(), acceptorHello());
    }

    private byte[] connectorHello() {
        return part == Part.CONNECTOR ? ownHello : peerHello;
    }

    private byte[] acceptorHello() {
        return part == Part.ACCEPTOR ? ownHello : peerHello;
    }

    private static ChannelFuture send(ChannelHandlerContext own, LinkHandshake frame) {
        ByteBuf out = own.alloc().buffer();
        HandshakeCodec.encode(frame, out);
        return own.writeAndFlush(out);
    }

    private void reject(RejectReason reason) {
        ChannelHandlerContext own = context;
        if (step == Step.DONE || own == null) {
            return;
        }
        end(own, reason, "said this node");
        send(own, new LinkReject(reason)).addListener(ChannelFutureListener.CLOSE);
    }

    private void rejectedByPeer(ChannelHandlerContext own, RejectReason reason) {
        end(own, reason, "said the peer");
        own.close();
    }

    private void end(ChannelHandlerContext own, RejectReason reason, String how) {
        finish();
        releaseSlot();
        environment.admission().rejected(own.channel().remoteAddress(), who(own), reason, how);
    }

    /** The node if it was called or is known, else the host: what a stranger says of itself is not to be trusted. */
    private String who(ChannelHandlerContext own) {
        if (called != null) {
            return called.toString();
        }
        return own.channel().remoteAddress() instanceof InetSocketAddress address
                ? address.getHostString()
                : "a local process";
    }

    private void finish() {
        step = Step.DONE;
        if (timeout != null) {
            timeout.cancel(false);
        }
        done.run();
    }

    private void releaseSlot() {
        LinkSlots.Slot claimed = slot;
        if (claimed != null) {
            slot = null;
            environment.slots().release(claimed);
        }
    }

    @Override
    public void readComplete() {}

    @Override
    public void writabilityChanged() {}

    @Override
    public void violated(LinkViolation violation) {
        reject(RejectReason.MALFORMED);
    }

    @Override
    public void disconnected() {
        if (step != Step.DONE) {
            finish();
            releaseSlot();
        }
    }
}
