package dev.weft.cluster.link;

import dev.weft.link.HandshakeCodec;
import dev.weft.link.LinkHandshake;
import dev.weft.link.LinkHello;
import dev.weft.link.LinkProof;
import dev.weft.link.LinkReject;
import dev.weft.link.LinkSecret.Part;
import dev.weft.link.LinkVersions;
import dev.weft.link.LinkViolation;
import dev.weft.link.LinkWelcome;
import dev.weft.link.NodeId;
import dev.weft.link.RejectReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection until it carries a link: a new one, or one that the connecting side named and both still have. The
 * connecting side says hello and proves the secret first. The accepting side answers each, and sends its own proof once
 * there is room: the earlier link has ended, or has given up its earlier connection and said how far it came. From version 2
 * on it then says welcome, and in all versions the connecting side's welcome is the last frame. On the event loop of the
 * connection.
 */
final class Handshake implements FrameSplitter.Receiver, Successor {
    private static final SecureRandom RANDOM = new SecureRandom();

    private enum Step {
        HELLO,
        PROOF,
        /** The accepting side has to say whether the link goes on. */
        ANSWER,
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
    private final ChannelHandlerContext own;
    private final byte[] nonce = new byte[LinkHello.NONCE_BYTES];
    private final HelloPair hellos;
    private @Nullable Future<?> timeout;
    private Step step = Step.HELLO;
    private @Nullable NodeId peer;
    private int version = LinkVersions.NONE;
    /** The name of the link if it is a new one. */
    private byte[] id = nonce;
    /** What the connecting side wants to go on with. */
    private byte[] resumes = {};
    /** The link to go on with, while that is still possible. */
    private @Nullable PeerLink earlier;

    private long handledByPeer;
    private long spoke;
    private LinkSlots.@Nullable Slot slot;
    private @Nullable PeerLink made;
    private boolean succeeded;

    /**
     * Takes over a connection, on its event loop, before anything was read from it.
     *
     * @param called the node that was called, or null if the other side called
     * @param done run once on the event loop: a link came of it, or nothing will
     */
    Handshake(ChannelHandlerContext vertxHandler, LinkEnvironment environment, @Nullable NodeId called, Runnable done) {
        this.environment = environment;
        this.options = environment.options();
        this.called = called;
        this.done = done;
        this.part = called == null ? Part.ACCEPTOR : Part.CONNECTOR;
        this.hellos = new HelloPair(part, options.secret());
        vertxHandler.pipeline().addBefore(vertxHandler.name(), "link", splitter);
        this.own = vertxHandler.pipeline().context(splitter);
        RANDOM.nextBytes(nonce);
    }

    /** Begins. */
    void start() {
        if (options.secret().isEmpty() && options.tls() == null && !isLoopback()) {
            reject(RejectReason.SECRET);
            return;
        }
        long patience = options.times().handshake().toNanos();
        timeout = loop().schedule(() -> reject(RejectReason.TIMEOUT), patience, TimeUnit.NANOSECONDS);
        if (called != null) {
            callEarlier(called);
        }
    }

    private void callEarlier(NodeId node) {
        PeerLink present = environment.slots().link(node);
        byte[] name = present == null ? null : present.resumptionId();
        if (name == null) {
            say(options.hello(nonce));
        } else {
            earlier = present;
            say(options.hello(nonce, name));
        }
    }

    private boolean isLoopback() {
        return own.channel().remoteAddress() instanceof InetSocketAddress address
                && address.getAddress().isLoopbackAddress();
    }

    /** Whether a link came of it, or went on. */
    boolean succeeded() {
        return succeeded;
    }

    @Override
    public EventLoop loop() {
        return own.channel().eventLoop();
    }

    @Override
    public int maxFrameBytes() {
        return HandshakeCodec.MAX_FRAME_OCTETS;
    }

    @Override
    public void frame(ByteBuf in, int length) throws LinkViolation {
        if (step == Step.DONE) {
            return;
        }
        byte[] bytes = ByteBufUtil.getBytes(in, in.readerIndex(), length);
        LinkHandshake frame = HandshakeCodec.decode(in, length);
        if (frame instanceof LinkReject reject) {
            end(reject.reason(), "said the peer");
            own.close();
        } else if (frame instanceof LinkHello hello && step == Step.HELLO) {
            hellos.heard(bytes);
            hello(hello);
        } else if (frame instanceof LinkProof proof && step == Step.PROOF) {
            proof(proof);
        } else if (frame instanceof LinkWelcome welcome && step == Step.ANSWER) {
            answer(welcome);
        } else if (frame instanceof LinkWelcome welcome && step == Step.WELCOME) {
            welcome(welcome);
        } else {
            throw new LinkViolation("out of turn");
        }
    }

    private void hello(LinkHello hello) {
        NodeId node = hello.node();
        version = hello.versions().common(LinkVersions.SPOKEN);
        RejectReason refusal = refusal(hello);
        if (refusal != null) {
            reject(refusal);
            return;
        }
        peer = node;
        step = Step.PROOF;
        if (part == Part.CONNECTOR) {
            send(hellos.proof());
            return;
        }
        id = hello.nonce();
        if (version > 1) {
            resumes = hello.resumes();
        }
        say(options.hello(nonce));
    }

    private void findEarlier() {
        PeerLink present = peer == null ? null : environment.slots().link(peer);
        if (present != null && present.isNamed(resumes)) {
            earlier = present;
        } else if (resumes.length > 0) {
            environment.counters().resumptionRefused();
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
        if (options.tls() != null && !CertifiedNames.include(own.pipeline(), List.of(node.name(), options.cluster()))) {
            return RejectReason.CERTIFICATE;
        }
        if (called != null && !called.equals(node)) {
            environment.nodes().answered(called, node);
            return RejectReason.NOT_THE_NODE_CALLED;
        }
        if (called == null && node.compareTo(options.node()) >= 0) {
            return RejectReason.DIRECTION;
        }
        return environment.nodes().isForgotten(node) ? RejectReason.FORGOTTEN : null;
    }

    private void proof(LinkProof proof) {
        if (!hellos.isProof(proof)) {
            reject(RejectReason.SECRET);
        } else if (part == Part.CONNECTOR && version > 1) {
            step = Step.ANSWER;
        } else {
            findEarlier();
            makeWay();
        }
    }

    /** The accepting side has said whether the link goes on. */
    private void answer(LinkWelcome welcome) throws LinkViolation {
        handledByPeer = welcome.handled();
        PeerLink asked = earlier;
        if (welcome.resumed() && asked == null) {
            throw new LinkViolation("no link was to be resumed");
        }
        if (!welcome.resumed() && asked != null) {
            environment.counters().resumptionRefused();
            asked.close(LinkDownReason.CONNECTION_LOST);
            earlier = null;
        }
        makeWay();
    }

    private void makeWay() {
        step = Step.ROOM;
        NodeId node = peer;
        if (earlier != null) {
            earlier.resume(this);
        } else if (node != null) {
            LinkSlots.Slot claimed = environment.slots().claim(node, reason -> loop().execute(() -> evicted(reason)));
            slot = claimed;
            claimed.free().thenRun(() -> loop().execute(() -> roomMade(new LinkWelcome())));
        }
    }

    @Override
    public void granted(long handled) {
        roomMade(new LinkWelcome(true, handled));
    }

    @Override
    public void refused() {
        if (step == Step.ROOM && part == Part.ACCEPTOR) {
            environment.counters().resumptionRefused();
            earlier = null;
            makeWay();
        } else {
            reject(RejectReason.OTHER);
        }
    }

    @Override
    public void superseded() {
        if (step != Step.DONE) {
            finish();
            own.close();
        }
    }

    private void roomMade(LinkWelcome welcome) {
        if (step != Step.ROOM) {
            return;
        }
        if (part == Part.CONNECTOR) {
            send(welcome);
            link();
            return;
        }
        step = Step.WELCOME;
        send(hellos.proof());
        if (version > 1) {
            send(welcome);
        }
    }

    /** The connecting side's last word. */
    private void welcome(LinkWelcome welcome) throws LinkViolation {
        if (welcome.resumed() != (earlier != null)) {
            throw new LinkViolation("one side goes on with a link and the other does not");
        }
        handledByPeer = welcome.handled();
        link();
    }

    private void link() {
        PeerLink present = earlier;
        LinkSlots.Slot claimed = slot;
        if (present != null && !present.goOn(this, own, splitter, handledByPeer, spoke)) {
            reject(RejectReason.OTHER);
            return;
        }
        succeeded = true;
        finish();
        environment.log().accepted(who());
        if (present == null && claimed != null) {
            slot = null;
            PeerLink up = new PeerLink(id, own, splitter, claimed, version, environment, spoke);
            made = up;
            up.start();
        }
    }

    private void evicted(LinkDownReason reason) {
        if (made != null) {
            made.close(reason);
        } else {
            reject(reason == LinkDownReason.FORGOTTEN ? RejectReason.FORGOTTEN : RejectReason.OTHER);
        }
    }

    private void say(LinkHello hello) {
        hellos.said(hello);
        send(hello);
    }

    private ChannelFuture send(LinkHandshake frame) {
        spoke = environment.clock().getAsLong();
        ByteBuf out = own.alloc().buffer();
        HandshakeCodec.encode(frame, out);
        return own.writeAndFlush(out);
    }

    private void reject(RejectReason reason) {
        if (step == Step.DONE) {
            return;
        }
        end(reason, "said this node");
        send(new LinkReject(reason)).addListener(ChannelFutureListener.CLOSE);
    }

    private void end(RejectReason reason, String how) {
        finish();
        releaseSlot();
        environment.log().rejected(own.channel().remoteAddress(), who(), reason, how);
    }

    /** The node if it was called or is known, else the host: what a stranger says of itself is not to be trusted. */
    private String who() {
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
    public void reading() {}

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
