package dev.weft.bench;

import dev.weft.broker.SubscriptionTable;
import dev.weft.dealer.CalleeEntry;
import dev.weft.dealer.RegistrationTable;
import dev.weft.lane.Lane;
import dev.weft.lane.LaneReceiver;
import dev.weft.lane.LocalLane;
import dev.weft.link.CalleeTraits;
import dev.weft.link.NodeId;
import dev.weft.link.RoutedMessage;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A change that another node told, and its opposite: what the tables that route cost to keep. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TableBenchmark {
    private static final int NAMES = 1024;
    private static final long MOVING = 5_512_315_355_442_931L;

    @Param({"1000", "100000"})
    public int entries;

    private final LocalLane lane = new LocalLane(0, ImmediateEventExecutor.INSTANCE, new NoReceiver());
    private final NodeId node = new NodeId("bench", 1);
    private final SubscriptionTable subscriptions = new SubscriptionTable(InstantSource.system(), false);
    private final RegistrationTable registrations = new RegistrationTable(InstantSource.system(), new NoObserver());
    private final String[] names = new String[NAMES];
    private int next;

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < entries; i++) {
            subscriptions.add(MatchPolicy.EXACT, "com.example.held" + i, random.nextLong(1, 1L << 53), lane);
            registrations.add(MatchPolicy.EXACT, "com.example.held" + i, callee(i + 1));
        }
        for (int i = 0; i < NAMES; i++) {
            names[i] = "com.example.moving" + i;
        }
    }

    private CalleeEntry callee(long id) {
        return new CalleeEntry(id, node, lane, 0, id, id, 1, InvocationPolicy.SINGLE, CalleeTraits.NONE);
    }

    @Benchmark
    public boolean interest() {
        String name = names[next++ & (NAMES - 1)];
        return subscriptions.add(MatchPolicy.EXACT, name, MOVING, lane)
                | subscriptions.remove(MatchPolicy.EXACT, name, lane);
    }

    @Benchmark
    public boolean callee() {
        String name = names[next++ & (NAMES - 1)];
        return registrations.add(MatchPolicy.EXACT, name, callee(MOVING))
                | registrations.remove(MatchPolicy.EXACT, name, MOVING, lane);
    }

    private static final class NoReceiver implements LaneReceiver {
        @Override
        public void receive(RoutedMessage message, Lane from) {
            throw new IllegalStateException("nothing crosses a lane here");
        }

        @Override
        public void laneDown(Lane down) {
            throw new IllegalStateException("no lane goes down here");
        }
    }
}
