package dev.weft.cluster.table;

import dev.weft.cluster.bridge.TableMirror;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.realm.RealmRegistry;
import dev.weft.testkit.TestLanes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** One run of one node: its tables are the real ones; its control thread runs when its turn comes, and can be frozen. */
final class SimulatedNode implements ControlThread {
    static final int LOOPS = 2;

    final NodeId id;
    final int slot;
    final RealmRegistry realms = new RealmRegistry(Map.of(), InstantSource.fixed(Instant.EPOCH));
    final TableMirror mirror = new TableMirror(realms);
    final TableOwner owner;
    final ClusterSync sync;
    final List<LocalLane> lanes = new ArrayList<>();
    final SimulatedTime time;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean woken;
    private boolean alive = true;
    private boolean frozen;
    private long frozenAt;
    private long frozenNanos;

    SimulatedNode(NodeId id, int slot, SimulatedHazelcast hazelcast, SimulatedTime time) {
        this.id = id;
        this.slot = slot;
        this.time = time;
        this.owner = new TableOwner(id, hazelcast.storeOf(this), mirror, this, TableSettings.DEFAULT);
        this.sync = new ClusterSync(id);
        for (int loop = 0; loop < LOOPS; loop++) {
            lanes.add(TestLanes.local(loop));
        }
    }

    boolean isAlive() {
        return alive;
    }

    boolean isFrozen() {
        return frozen;
    }

    boolean runs() {
        return alive && !frozen;
    }

    boolean isFrozenFor(long millis) {
        return frozen && time.nanos() - frozenAt >= millis * 1_000_000;
    }

    /** Whether clients are served. */
    boolean isReady() {
        return runs() && sync.synced().toCompletableFuture().isDone();
    }

    /** How long it was frozen, all in all. */
    long frozenNanos() {
        return frozenNanos;
    }

    void freeze() {
        frozen = true;
        frozenAt = time.nanos();
    }

    void thaw() {
        frozen = false;
        frozenNanos += time.nanos() - frozenAt;
        wake();
    }

    void kill() {
        alive = false;
        tasks.clear();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        wake();
    }

    @Override
    public void later(Duration delay, Runnable task) {
        time.afterNanos(delay.toNanos(), () -> execute(task));
    }

    @Override
    public long nanoTime() {
        return time.nanos();
    }

    private void wake() {
        if (!woken && runs() && !tasks.isEmpty()) {
            woken = true;
            time.afterNanos(time.between(1_000, 200_000), this::turn);
        }
    }

    private void turn() {
        woken = false;
        for (int turns = 1 + time.random().nextInt(3); turns > 0 && runs() && !tasks.isEmpty(); turns--) {
            tasks.remove().run();
        }
        wake();
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
