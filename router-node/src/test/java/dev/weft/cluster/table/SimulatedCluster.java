package dev.weft.cluster.table;

import dev.weft.cluster.table.TestLanes.ToNode;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.link.SnapshotEnd;
import dev.weft.link.TableChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Some nodes with one store, and links between them that deliver, acknowledge and break when the test says so. */
final class SimulatedCluster {
    static final int LOOPS = 2;

    final class Node {
        final NodeId id;
        final ManualControl control = new ManualControl();
        final RecordedMirror mirror = new RecordedMirror();
        final DelayedStore store;
        final TableOwner owner;
        final List<LocalLane> lanes = new ArrayList<>();

        private Node(int index) {
            id = new NodeId("node" + index, index);
            store = new DelayedStore(tables, random);
            owner = new TableOwner(id, store, mirror, control);
            for (int loop = 0; loop < LOOPS; loop++) {
                lanes.add(TestLanes.local(loop));
            }
        }
    }

    /** One direction of a link while it is up. */
    private static final class Direction implements Peer {
        private final Node from;
        private final Node to;
        private final ToNode lane;
        private final Deque<TableChange> changes = new ArrayDeque<>();
        private final Deque<Runnable> acknowledgements = new ArrayDeque<>();
        private int applied;
        private boolean begun;

        private Direction(Node from, Node to, int number) {
            this.from = from;
            this.to = to;
            this.lane = new ToNode(from.id + " link " + number);
        }

        @Override
        public void tell(TableChange change, @Nullable Runnable acknowledged) {
            begun = true;
            changes.add(change);
            acknowledgements.add(acknowledged == null ? () -> {} : acknowledged);
        }

        private void up() {
            from.owner.linkUp(this, () -> {});
        }

        private void down() {
            to.mirror.laneDown(lane);
            from.owner.linkDown(this);
        }

        private boolean isIdle() {
            return changes.isEmpty() && applied == 0;
        }

        private void step(Random random) {
            if (applied > 0 && (changes.isEmpty() || random.nextBoolean())) {
                applied--;
                acknowledgements.remove().run();
            } else if (!changes.isEmpty()) {
                TableChange change = changes.remove();
                if (!(change instanceof SnapshotEnd)) {
                    TableChanges.apply(change, lane, to.mirror);
                }
                applied++;
            }
        }
    }

    final LocalTableStore tables = new LocalTableStore();
    final List<Node> nodes = new ArrayList<>();
    private final Random random;
    private final List<Direction> directions = new ArrayList<>();
    private int links;

    SimulatedCluster(int size, Random random) {
        this.random = random;
        for (int index = 0; index < size; index++) {
            nodes.add(new Node(index));
        }
        linkAll();
    }

    /** Lets something happen somewhere. */
    void step() {
        int choice = random.nextInt(100);
        Node node = nodes.get(random.nextInt(nodes.size()));
        if (choice < 40) {
            if (!node.control.isIdle()) {
                node.control.runOne();
            }
        } else if (choice < 65) {
            if (!node.store.isIdle()) {
                node.store.step(0.02);
            }
        } else if (choice < 99 && !directions.isEmpty()) {
            directions.get(random.nextInt(directions.size())).step(random);
        } else if (choice == 99) {
            flap();
        }
    }

    /** Lets everything happen that is under way, with all links up and nothing failing. */
    void settle() {
        linkAll();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Node node : nodes) {
                while (!node.control.isIdle() || !node.store.isIdle()) {
                    moved = true;
                    node.control.runAll();
                    if (!node.store.isIdle()) {
                        node.store.step(0);
                    }
                }
            }
            for (Direction direction : directions) {
                while (!direction.isIdle()) {
                    moved = true;
                    direction.step(random);
                }
            }
        }
    }

    /** The lane under which {@code to} sees {@code from}; null if it was told nothing yet. */
    @Nullable
    ToNode laneOf(Node from, Node to) {
        for (Direction direction : directions) {
            if (direction.from.equals(from) && direction.to.equals(to) && direction.begun) {
                return direction.lane;
            }
        }
        return null;
    }

    private void flap() {
        Node one = nodes.get(random.nextInt(nodes.size()));
        Node other = nodes.get(random.nextInt(nodes.size()));
        if (one.equals(other)) {
            return;
        }
        if (!unlink(one, other)) {
            link(one, other);
        }
    }

    private void linkAll() {
        for (Node one : nodes) {
            for (Node other : nodes) {
                if (one.id.compareTo(other.id) < 0 && !isLinked(one, other)) {
                    link(one, other);
                }
            }
        }
    }

    private boolean isLinked(Node one, Node other) {
        return directions.stream().anyMatch(direction -> direction.from.equals(one) && direction.to.equals(other));
    }

    private void link(Node one, Node other) {
        links++;
        for (Direction direction : List.of(new Direction(one, other, links), new Direction(other, one, links))) {
            directions.add(direction);
            direction.up();
        }
    }

    private boolean unlink(Node one, Node other) {
        List<Direction> between = directions.stream()
                .filter(direction -> (direction.from.equals(one) && direction.to.equals(other))
                        || (direction.from.equals(other) && direction.to.equals(one)))
                .toList();
        directions.removeAll(between);
        between.forEach(Direction::down);
        return !between.isEmpty();
    }
}
