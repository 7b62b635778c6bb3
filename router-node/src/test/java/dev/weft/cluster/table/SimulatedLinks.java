package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import dev.weft.link.NodeState;
import dev.weft.link.SnapshotEnd;
import dev.weft.link.TableChange;
import dev.weft.testkit.TestLanes.ToNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The links between all nodes, over a network that loses directions: each direction keeps its order, and each end finds
 * out for itself, at its own time, that nothing comes any more.
 */
final class SimulatedLinks {
    static final int SLOTS = 8;

    private record Frame(
            @Nullable TableChange change, @Nullable Runnable acknowledged) {}

    /** A link as one of its nodes sees it. */
    final class End implements Peer {
        final SimulatedNode here;
        final SimulatedNode there;
        final ToNode lane;
        private final Deque<Frame> sent = new ArrayDeque<>();
        private @Nullable End other;
        private boolean up;
        private boolean moving;
        /** This node tells the other everything. */
        boolean begun;
        /** All that the other node held when the link came up is in the mirror here. */
        boolean known;

        private End(SimulatedNode here, SimulatedNode there, int number) {
            this.here = here;
            this.there = there;
            this.lane = new ToNode(there + " link " + number);
        }

        boolean isUp() {
            return up;
        }

        End other() {
            return other;
        }

        @Override
        public NodeId node() {
            return there.id;
        }

        @Override
        public void tell(TableChange change, @Nullable Runnable acknowledged) {
            begun = true;
            if (up) {
                sent.add(new Frame(change, acknowledged));
                move();
            }
        }

        @Override
        public void fence() {
            fences++;
            begun = false;
            time.afterNanos(0, this::close);
        }

        private void comesUp() {
            up = true;
            here.execute(() -> here.sync.linkUp(there.id));
            here.owner.linkUp(this, () -> here.sync.countedIn(there.id));
            other.move();
        }

        /** Ends the link; the other end hears of that, or hears nothing more. */
        private void close() {
            goDown();
            boolean heard = reach[here.slot][there.slot];
            time.after(heard ? 0 : SILENCE_LEAST, heard ? 50 : SILENCE_MOST, other::missed);
            connectLater(here.slot, there.slot);
        }

        private void missed() {
            if (!other.up && !here.isFrozen()) {
                goDown();
                connectLater(here.slot, there.slot);
            }
        }

        private void goDown() {
            if (!up || !here.isAlive()) {
                up = false;
                return;
            }
            up = false;
            here.mirror.laneDown(lane);
            here.owner.linkDown(this);
            here.execute(() -> here.sync.linkDown(there.id));
        }

        private void move() {
            if (!moving && !sent.isEmpty()) {
                moving = true;
                time.afterNanos(time.between(20_000, 2_000_000), this::deliver);
            }
        }

        private void deliver() {
            moving = false;
            for (int frames = 1 + time.random().nextInt(4); frames > 0 && canDeliver(); frames--) {
                other.receive(sent.remove());
            }
            if (canDeliver()) {
                move();
            }
        }

        private boolean canDeliver() {
            return !sent.isEmpty() && other.up && there.runs() && reach[here.slot][there.slot];
        }

        private void receive(Frame frame) {
            TableChange change = frame.change();
            Runnable acknowledged = frame.acknowledged();
            if (change == null) {
                if (acknowledged != null) {
                    acknowledged.run();
                }
                return;
            }
            TableChanges.apply(change, there.id, lane, here.mirror);
            if (change instanceof NodeState state) {
                here.owner.heard(state);
            } else if (change instanceof SnapshotEnd) {
                known = true;
                here.execute(() -> here.sync.known(there.id));
            }
            if (acknowledged != null && up) {
                sent.add(new Frame(null, acknowledged));
                move();
            }
        }
    }

    private static final long SILENCE_LEAST = 3_500;
    private static final long SILENCE_MOST = 5_000;

    private final SimulatedTime time;
    private final SimulatedNode[] nodes;
    private final boolean[][] reach = new boolean[SLOTS][SLOTS];
    private final long[][] outage = new long[SLOTS][SLOTS];
    private final End[][] ends = new End[SLOTS][SLOTS];
    private int links;
    int fences;

    SimulatedLinks(SimulatedTime time, SimulatedNode[] nodes) {
        this.time = time;
        this.nodes = nodes;
        for (boolean[] row : reach) {
            java.util.Arrays.fill(row, true);
        }
    }

    /** How {@code from} is linked to {@code to}; null if it is not. */
    @Nullable
    End end(SimulatedNode from, SimulatedNode to) {
        End end = ends[from.slot][to.slot];
        return end != null && end.here == from && end.there == to && end.up ? end : null;
    }

    boolean reaches(int from, int to) {
        return reach[from][to];
    }

    void cut(int from, int to) {
        reach[from][to] = false;
        silent(from, to);
    }

    void heal(int from, int to) {
        reach[from][to] = true;
        outage[from][to]++;
        resume(from, to);
        connectLater(from, to);
    }

    /** {@code from} says nothing to {@code to} from now on: if that lasts, the link is down. */
    private void silent(int from, int to) {
        long since = ++outage[from][to];
        End end = ends[to][from];
        if (end != null) {
            time.after(SILENCE_LEAST, SILENCE_MOST, () -> {
                if (outage[from][to] == since && end.up && end.here.runs()) {
                    end.close();
                }
            });
        }
    }

    private void resume(int from, int to) {
        End end = ends[from][to];
        if (end != null) {
            end.move();
        }
    }

    void frozen(SimulatedNode node) {
        for (int other = 0; other < SLOTS; other++) {
            silent(node.slot, other);
        }
    }

    /** A node that was frozen for longer than its peers wait takes its links down before it does anything else. */
    void thaws(SimulatedNode node, boolean tooLong) {
        for (int other = 0; other < SLOTS; other++) {
            outage[node.slot][other]++;
            End end = ends[node.slot][other];
            if (end != null && end.up && (tooLong || !end.other.up)) {
                end.close();
            }
            resume(node.slot, other);
            resume(other, node.slot);
            connectLater(node.slot, other);
        }
    }

    /** The sockets of a process that dies are closed for it. */
    void killed(SimulatedNode node) {
        for (int other = 0; other < SLOTS; other++) {
            End end = ends[node.slot][other];
            if (end != null && end.here == node) {
                end.up = false;
                boolean heard = reach[node.slot][other];
                time.after(heard ? 0 : SILENCE_LEAST, heard ? 600 : SILENCE_MOST, end.other::missed);
            }
        }
    }

    void flap(int one, int other) {
        End end = ends[one][other];
        if (end != null && end.up && end.here.runs()) {
            end.close();
        }
    }

    void connectLater(int one, int other) {
        if (one != other) {
            time.after(20, 1_000, () -> connect(one, other));
        }
    }

    private void connect(int one, int other) {
        SimulatedNode a = nodes[one];
        SimulatedNode b = nodes[other];
        if (a == null || b == null || !a.runs() || !b.runs() || !reach[one][other] || !reach[other][one]) {
            return;
        }
        End former = end(a, b);
        End formerOther = end(b, a);
        if (former != null && formerOther != null) {
            return;
        }
        for (End stale : new End[] {former, formerOther}) {
            if (stale != null) {
                stale.goDown();
            }
        }
        links++;
        End here = new End(a, b, links);
        End there = new End(b, a, links);
        here.other = there;
        there.other = here;
        ends[one][other] = here;
        ends[other][one] = there;
        here.comesUp();
        time.after(0, 20, () -> {
            if (here.up && b.runs() && ends[other][one] == there) {
                there.comesUp();
            } else if (!there.up) {
                here.close();
            }
        });
    }

    List<End> all() {
        List<End> all = new ArrayList<>();
        for (End[] row : ends) {
            for (End end : row) {
                if (end != null && end.up && end.here.isAlive()) {
                    all.add(end);
                }
            }
        }
        return all;
    }
}
