package dev.weft.bench;

import dev.weft.broker.Broker;
import dev.weft.broker.Subscriber;
import dev.weft.broker.SubscriptionTable;
import dev.weft.dealer.RegistrationTable;
import dev.weft.lane.LocalLane;
import dev.weft.realm.RealmDisclosure;
import dev.weft.session.Session;
import dev.weft.session.SessionLimits;
import dev.weft.wamp.Identity;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
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

/** One PUBLISH of 128 bytes to all subscribers of one event loop, without sockets: match, encode once, send to each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FanOutBenchmark {
    private static final String REALM = "realm1";
    private static final String TOPIC = "com.example.app17.topic.temperature";

    @Param({"1", "10", "100", "1000"})
    public int subscribers;

    private final Serializer serializer = Serializers.create(SerializerId.MSGPACK, DecodeLimits.DEFAULT);
    private final LocalLane lane = new LocalLane(0, ImmediateEventExecutor.INSTANCE, new NoLane());
    private final SubscriptionTable table = new SubscriptionTable(InstantSource.system(), false);
    private final Broker broker = new Broker(
            REALM,
            lane,
            table,
            new GrantingDirectory(table, new RegistrationTable(InstantSource.system(), new NoObserver())),
            SessionLimits.DEFAULT,
            new NothingKept(),
            RealmDisclosure.PLAIN);
    private final SinkConnection sink = new SinkConnection(lane, serializer);
    private final Session publisher = session(1);
    private final Publish publish =
            new Publish(1, PublishOptions.DEFAULT, TOPIC, SampleMessages.payload(serializer, 128));

    @Setup
    public void subscribe() {
        for (int i = 0; i < subscribers; i++) {
            broker.subscriptions()
                    .subscribe(new Subscriber(session(i + 2)), new Subscribe(1, SubscribeOptions.DEFAULT, TOPIC));
        }
    }

    private Session session(long id) {
        return new Session(new Identity(id, "a", "anonymous"), REALM, sink, Set.of(), new NoCloser());
    }

    /** @return bytes sent so far */
    @Benchmark
    public long publish() {
        broker.publish(publisher, publish);
        return sink.bytes();
    }
}
