package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.LinkDecoder;
import dev.weft.link.LinkEncoder;
import dev.weft.link.LinkFrame;
import dev.weft.link.LinkPing;
import dev.weft.link.LinkViolation;
import dev.weft.link.NodeId;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that was frozen handles nothing and sends nothing on its links when it wakes. With a clock of its own. */
class LinkFrozenTest implements LinkListener {
    private static final LinkTimes TIMES = LinkTimes.DEFAULT;

    private final List<LinkFrame> handled = new ArrayList<>();
    private final List<LinkDownReason> downs = new ArrayList<>();
    private final LinkCounters counters = new LinkCounters();
    private final LinkEncoder peer = new LinkEncoder(2);
    private long now;
    private long spoke;
    private EmbeddedChannel channel;
    private PeerLink link;

    @BeforeEach
    void linked() {
        LinkOptions options = TestNode.options("b", TIMES, LinkLimits.DEFAULT);
        KnownNodes nodes = new KnownNodes(options.node(), (node, address) -> null, node -> {}, () -> now);
        LinkSlots slots = new LinkSlots();
        LinkEnvironment environment =
                new LinkEnvironment(options, this, counters, slots, nodes, new HandshakeLog(counters), () -> now);
        FrameSplitter splitter = new FrameSplitter(new NoReceiver());
        channel = new EmbeddedChannel(splitter);
        channel.freezeTime();
        LinkSlots.Slot slot = slots.claim(new NodeId("a", 1), reason -> {});
        link = new PeerLink(new byte[32], channel.pipeline().context(splitter), splitter, slot, 2, environment, spoke);
        link.start();
    }

    @AfterEach
    void close() {
        link.close(LinkDownReason.SILENT);
        channel.finishAndReleaseAll();
    }

    @Test
    void whatItReceivedWhileItWasFrozenIsNotHandled() {
        awake(Duration.ofSeconds(2));
        receive(PeerLinkTest.interest("t", 1));
        assertThat(handled).hasSize(1);
        now += TIMES.silence().toNanos() + 1;
        receive(PeerLinkTest.interest("t", 2));
        assertThat(handled).hasSize(1);
        assertThat(downs).containsExactly(LinkDownReason.FROZEN);
        assertThat(channel.isOpen()).isFalse();
    }

    /** The peer has had its link, and has waited, since this node's last word in the handshake came. */
    @Test
    void whoFroseBetweenTheHandshakeAndTheFirstHeartbeatHandlesNothingEither() {
        close();
        now += Duration.ofMillis(200).toNanos();
        linked();
        now += TIMES.silence().toNanos() - Duration.ofMillis(100).toNanos();
        receive(PeerLinkTest.interest("t", 1));
        assertThat(handled).isEmpty();
        assertThat(downs).containsExactly(LinkDownReason.SILENT, LinkDownReason.FROZEN);
    }

    @Test
    void whatWaitedToBeSentIsNotSent() {
        awake(Duration.ofSeconds(2));
        sentFrames();
        link.send(PeerLinkTest.event(1, 1), PeerLinkTest.NOWHERE);
        now += TIMES.silence().toNanos() + 1;
        channel.runPendingTasks();
        assertThat(downs).containsExactly(LinkDownReason.FROZEN);
        assertThat(sentFrames()).isEmpty();
        assertThat(counters.discarded()).isEqualTo(1);
    }

    @Test
    void anEndOfTheConnectionIsNotWaitedForEither() {
        awake(Duration.ofSeconds(2));
        now += TIMES.silence().toNanos() + 1;
        channel.close();
        assertThat(downs).containsExactly(LinkDownReason.FROZEN);
    }

    @Test
    void itsOwnHeartbeatNoticesWithoutTraffic() {
        awake(Duration.ofSeconds(2));
        now += TIMES.silence().toNanos() + 1;
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(downs).containsExactly(LinkDownReason.FROZEN);
    }

    @Test
    void aShorterPauseHarmsNothing() {
        awake(Duration.ofSeconds(2));
        receive(new LinkPing(1));
        // Asleep for most of the time that the peer waits; what the peer has sent comes after the heartbeat.
        now += Duration.ofMillis(2900).toNanos();
        awake(Duration.ofSeconds(1));
        receive(PeerLinkTest.interest("t", 1));
        link.send(PeerLinkTest.event(1, 1), PeerLinkTest.NOWHERE);
        channel.runPendingTasks();
        awake(Duration.ofSeconds(3));
        assertThat(handled).hasSize(1);
        assertThat(downs).isEmpty();
    }

    @Test
    void aSilentPeerIsDeadThoughThisNodeRuns() {
        awake(Duration.ofSeconds(4));
        assertThat(downs).isEmpty();
        awake(Duration.ofSeconds(1));
        assertThat(downs).containsExactly(LinkDownReason.SILENT);
    }

    /** Time passes, and the event loop runs all the while. */
    private void awake(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            now += Duration.ofSeconds(1).toNanos();
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private void receive(LinkFrame frame) {
        ByteBuf bytes = Unpooled.buffer();
        peer.encode(frame, bytes);
        channel.writeInbound(bytes);
    }

    private List<LinkFrame> sentFrames() {
        List<LinkFrame> frames = new ArrayList<>();
        LinkDecoder decoder = new LinkDecoder(2);
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            try {
                while (out.isReadable()) {
                    frames.add(decoder.decode(out, out.readInt()));
                }
            } catch (LinkViolation violation) {
                throw new AssertionError(violation);
            } finally {
                out.release();
            }
        }
        return frames;
    }

    @Override
    public void linkUp(PeerLink up) {}

    @Override
    public void changed(PeerLink from, TableChange change) {
        handled.add(change);
    }

    @Override
    public void routed(PeerLink from, RoutedMessage message) {
        handled.add(message);
    }

    @Override
    public void linkResumed(PeerLink resumed) {}

    @Override
    public void linkDown(PeerLink ended, LinkDownReason reason) {
        downs.add(reason);
    }

    /** Until the link has its connection. */
    private static final class NoReceiver implements FrameSplitter.Receiver {
        @Override
        public int maxFrameBytes() {
            return 0;
        }

        @Override
        public void reading() {}

        @Override
        public void frame(ByteBuf in, int length) {}

        @Override
        public void readComplete() {}

        @Override
        public void writabilityChanged() {}

        @Override
        public void violated(LinkViolation violation) {}

        @Override
        public void disconnected() {}
    }
}
