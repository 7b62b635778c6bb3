package dev.weft.testkit;

import dev.weft.cluster.bridge.LinkInbound;
import dev.weft.cluster.table.Mirror;
import dev.weft.cluster.table.Peer;
import dev.weft.cluster.table.TableChanges;
import dev.weft.cluster.table.TableOwner;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.LinkDecoder;
import dev.weft.link.LinkEncoder;
import dev.weft.link.LinkFrame;
import dev.weft.link.LinkVersions;
import dev.weft.link.LinkViolation;
import dev.weft.link.NodeId;
import dev.weft.link.NodeState;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a link between two simulated nodes: a queue of encoded frames that are handled one at a time, on the
 * first event loop of the receiver, and acknowledged later. What is decoded is valid while it is handled, and no longer.
 * Does on both sides what the node does with a real link.
 */
final class SimulatedLink implements Lane, Peer {
    /** A node as its links see it. */
    record End(
            NodeId id,
            TableOwner owner,
            Mirror mirror,
            LinkInbound inbound,
            List<LocalLane> lanes,
            SimulatedLoop loop) {}

    private record Frame(ByteBuf bytes, Runnable acknowledged) {}

    private static final int VERSION = LinkVersions.SPOKEN.highest();

    private final End from;
    private final End to;
    private final Queue<Frame> frames = new ArrayDeque<>();
    private final Queue<Runnable> acknowledgements = new ArrayDeque<>();
    private final LinkEncoder encoder = new LinkEncoder(VERSION);
    private final LinkDecoder decoder = new LinkDecoder(VERSION);
    private SimulatedLink back;
    private boolean cut;

    SimulatedLink(End from, End to) {
        this.from = from;
        this.to = to;
    }

    /** Puts a link up, which has two directions. */
    static void join(SimulatedLink there, SimulatedLink back) {
        there.back = back;
        back.back = there;
        for (SimulatedLink link : List.of(there, back)) {
            link.from.loop.within(() -> {
                link.from.lanes.stream().filter(LocalLane::isHere).forEach(LocalLane::catchUp);
                link.from.owner.linkUp(link, () -> link.from.inbound.gaps().closed(link.to.id.name()));
            });
        }
    }

    boolean isFrom(NodeId one, NodeId other) {
        return from.id.equals(one) && to.id.equals(other);
    }

    boolean isOf(NodeId node) {
        return from.id.equals(node);
    }

    boolean touches(NodeId node) {
        return from.id.equals(node) || to.id.equals(node);
    }

    @Override
    public void tell(TableChange change, @Nullable Runnable acknowledged) {
        if (!cut) {
            frames.add(new Frame(encoded(change), acknowledged == null ? () -> {} : acknowledged));
        }
    }

    @Override
    public void send(RoutedMessage message, Lane lane) {
        if (!cut) {
            frames.add(new Frame(encoded(message), () -> {}));
        }
    }

    private ByteBuf encoded(LinkFrame frame) {
        ByteBuf bytes = Unpooled.buffer();
        encoder.encode(frame, bytes);
        return bytes;
    }

    /** Handles a frame at the receiver, or an acknowledgement at the sender; false if there is none. */
    boolean step() {
        Runnable acknowledgement = acknowledgements.poll();
        if (acknowledgement != null) {
            from.loop.within(acknowledgement);
            return true;
        }
        Frame frame = frames.poll();
        if (frame == null) {
            return false;
        }
        to.loop.within(() -> handle(frame.bytes));
        acknowledgements.add(frame.acknowledged);
        return true;
    }

    private void handle(ByteBuf bytes) {
        try {
            int length = bytes.readInt();
            handle(decoder.decode(bytes, length));
        } catch (LinkViolation violation) {
            throw new AssertionError("a node sent what is no frame", violation);
        } finally {
            bytes.release();
        }
    }

    private void handle(LinkFrame content) {
        if (content instanceof RoutedMessage message) {
            to.inbound.receive(message, back);
        } else if (content instanceof TableChange change) {
            TableChanges.apply(change, from.id, back, to.mirror);
            if (change instanceof NodeState state) {
                to.owner.heard(state);
            }
        }
    }

    /** What is under way is lost; the sender drops all it knows of the receiver. */
    void cut(String reason) {
        cut = true;
        frames.clear();
        acknowledgements.clear();
        from.loop.within(() -> {
            from.inbound.gaps().opened(to.id.name(), reason);
            from.mirror.laneDown(this);
            from.lanes.forEach(lane -> lane.laneDown(this));
            from.owner.linkDown(this);
        });
    }

    @Override
    public NodeId node() {
        return to.id;
    }

    @Override
    public void fence() {
        throw new AssertionError("time stands still: nobody is late");
    }

    @Override
    public boolean isCongested() {
        return false;
    }

    @Override
    public String name() {
        return to.id.toString();
    }
}
