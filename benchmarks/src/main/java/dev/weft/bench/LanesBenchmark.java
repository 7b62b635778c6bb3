package dev.weft.bench;

import dev.weft.broker.Broker;
import dev.weft.broker.SubscriptionTable;
import dev.weft.dealer.RegistrationTable;
import dev.weft.lane.Lane;
import dev.weft.lane.LaneReceiver;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedMessage;
import dev.weft.realm.RealmDisclosure;
import dev.weft.session.Session;
import dev.weft.session.SessionLimits;
import dev.weft.wamp.Identity;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.InstantSource;
import java.util.Set;
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

/** One PUBLISH of 128 bytes to lanes, whatever they lead to: match, gather who is interested, hand over. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LanesBenchmark {
    private static final String REALM = "realm1";
    private static final String TOPIC = "com.example.app17.topic.temperature";

    @Param({"1", "4", "16", "100"})
    public int lanes;

    private final Serializer serializer = Serializers.create(SerializerId.MSGPACK, DecodeLimits.DEFAULT);
    private final CountingLane counting = new CountingLane("lane");
    private final LocalLane lane = new LocalLane(0, ImmediateEventExecutor.INSTANCE, counting);
    private final SubscriptionTable table = new SubscriptionTable(InstantSource.system(), false);
    private final Broker broker = new Broker(
            REALM,
            lane,
            table,
            new GrantingDirectory(table, new RegistrationTable(InstantSource.system(), new NoObserver())),
            SessionLimits.DEFAULT,
            new NothingKept(),
            RealmDisclosure.PLAIN);
    private final Session publisher = new Session(
            new Identity(1, "a", "anonymous"), REALM, new SinkConnection(lane, serializer), Set.of(), new NoCloser());
    private final Publish publish =
            new Publish(1, PublishOptions.DEFAULT, TOPIC, SampleMessages.payload(serializer, 128));
    private final CountingLane[] interested = new CountingLane[100];

    @Setup
    public void subscribe() {
        for (int i = 0; i < lanes; i++) {
            interested[i] = new CountingLane("lane-" + i);
            table.add(MatchPolicy.EXACT, TOPIC, 1, interested[i]);
        }
    }

    /** @return how many events the last lane got so far */
    @Benchmark
    public long publish() {
        broker.publish(publisher, publish);
        return interested[lanes - 1].received;
    }

    private static final class CountingLane implements Lane, LaneReceiver {
        private final String name;
        private long received;

        private CountingLane(String name) {
            this.name = name;
        }

        @Override
        public void send(RoutedMessage message, Lane from) {
            received++;
        }

        @Override
        public boolean isCongested() {
            return false;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void receive(RoutedMessage message, Lane from) {
            throw new IllegalStateException("nobody here has subscribed");
        }

        @Override
        public void laneDown(Lane lane) {
            throw new IllegalStateException("no lane goes down here");
        }
    }
}
