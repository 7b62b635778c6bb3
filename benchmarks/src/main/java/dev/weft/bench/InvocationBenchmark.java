package dev.weft.bench;

import dev.weft.broker.SubscriptionTable;
import dev.weft.dealer.Callee;
import dev.weft.dealer.Caller;
import dev.weft.dealer.Dealer;
import dev.weft.dealer.Invocations;
import dev.weft.dealer.RegistrationTable;
import dev.weft.lane.Lane;
import dev.weft.lane.LaneReceiver;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedCall;
import dev.weft.link.RoutedMessage;
import dev.weft.link.RoutedResult;
import dev.weft.realm.RealmDisclosure;
import dev.weft.session.Session;
import dev.weft.session.SessionLimits;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Identity;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** CALL, INVOCATION, YIELD and RESULT of 128 bytes within one event loop, without sockets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class InvocationBenchmark {
    private static final String REALM = "realm1";
    private static final String PROCEDURE = "com.example.app17.procedure.add";

    private final Serializer serializer = Serializers.create(SerializerId.MSGPACK, DecodeLimits.DEFAULT);
    private final LocalLane lane = new LocalLane(0, ImmediateEventExecutor.INSTANCE, new Loop());
    private final RegistrationTable table = new RegistrationTable(InstantSource.system(), new NoObserver());
    private final Dealer dealer = new Dealer(REALM, lane, table, SessionLimits.DEFAULT, RealmDisclosure.PLAIN);
    private final Invocations invocations = new Invocations(
            REALM,
            lane,
            table,
            new GrantingDirectory(new SubscriptionTable(InstantSource.system(), false), table),
            SessionLimits.DEFAULT,
            RealmDisclosure.PLAIN);
    private final SinkConnection sink = new SinkConnection(lane, serializer);
    private final Caller caller = new Caller(session(1));
    private final Callee callee = new Callee(session(2));
    private final Payload payload = SampleMessages.payload(serializer, 128);
    private long request;

    private Session session(long id) {
        return new Session(new Identity(id, "a", "anonymous"), REALM, sink, Set.of(), new NoCloser());
    }

    @Setup
    public void register() {
        invocations.registrations().register(callee, new Register(1, RegisterOptions.DEFAULT, PROCEDURE));
    }

    /** @return bytes sent so far */
    @Benchmark
    public long roundTrip() {
        request++;
        dealer.call(caller, new Call(request, CallOptions.DEFAULT, PROCEDURE, payload));
        invocations.yield(callee, new Yield(request, YieldOptions.DEFAULT, payload));
        if (dealer.callsInFlight() != 0) {
            throw new IllegalStateException("the call was not answered");
        }
        return sink.bytes();
    }

    private final class Loop implements LaneReceiver {
        @Override
        public void receive(RoutedMessage message, Lane from) {
            if (message instanceof RoutedCall call) {
                invocations.invoke(call, from);
            } else if (message instanceof RoutedResult result) {
                dealer.result(result);
            } else {
                throw new IllegalStateException("unexpected: " + message);
            }
        }

        @Override
        public void laneDown(Lane down) {
            throw new IllegalStateException("no lane goes down here");
        }
    }
}
