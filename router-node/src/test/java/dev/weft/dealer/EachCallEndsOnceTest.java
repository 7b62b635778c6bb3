package dev.weft.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.session.SessionLimits;
import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedCluster;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Callers and callees on two nodes of two event loops, with cancels, timeouts, sessions that leave, stale tables and registrations that
 * are revoked, and a link that breaks, in orders drawn from seeds: every call ends exactly once, no call is invoked twice, and no RESULT
 * comes without a YIELD.
 */
class EachCallEndsOnceTest {
    private static final int SEEDS = 1500;
    private static final int STEPS = 120;
    private static final Map<String, Object> CANCELING =
            Map.of("call_canceling", true, "progressive_call_results", true);

    private static final class Peer {
        final RecordingConnection connection;
        long lastRequest;
        final List<Invocation> open = new ArrayList<>();
        final Set<Long> calls = new HashSet<>();
        final Map<Long, Integer> ends = new HashMap<>();

        Peer(RecordingConnection connection) {
            this.connection = connection;
        }
    }

    private static final class Run {
        final Random random;
        final SimulatedCluster cluster;
        final List<Peer> callers = new ArrayList<>();
        final List<Peer> callees = new ArrayList<>();
        final Map<String, Integer> invocations = new HashMap<>();
        final Set<String> yielded = new HashSet<>();
        final String about;
        int calls;

        Run(long seed, boolean cutLink) {
            random = new Random(seed);
            about = "seed " + seed + (cutLink ? " with a broken link" : "");
            cluster = new SimulatedCluster(random, 2, SessionLimits.DEFAULT);
            for (int i = 0; i < 3; i++) {
                callers.add(new Peer(cluster.join(i % 2, random.nextInt(2), serializer())));
                Peer callee = new Peer(cluster.join(
                        random.nextInt(2), i % 2, serializer(), random.nextInt(4) > 0 ? CANCELING : Map.of()));
                callees.add(callee);
                says(
                        callee,
                        new Register(
                                ++callee.lastRequest,
                                new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.ROUNDROBIN, false, false),
                                "p"));
            }
            int cutAt = cutLink ? random.nextInt(STEPS) : -1;
            for (int step = 0; step < STEPS; step++) {
                if (step == cutAt) {
                    cluster.cutLink();
                }
                act();
                for (int i = random.nextInt(4); i > 0; i--) {
                    cluster.step();
                }
                collect();
            }
            finish();
        }

        SerializerId serializer() {
            return SerializerId.values()[random.nextInt(3)];
        }

        void says(Peer peer, WampMessage message) {
            if (!peer.connection.isClosed()) {
                cluster.on(peer.connection, () -> peer.connection.says(message));
            }
        }

        void act() {
            Peer caller = callers.get(random.nextInt(callers.size()));
            Peer callee = callees.get(random.nextInt(callees.size()));
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5 -> call(caller);
                case 6, 7 -> cancel(caller);
                case 8 -> {
                    cluster.advance(random.nextInt(200));
                    if (random.nextInt(8) == 0) {
                        cluster.revoke(random.nextInt(2), false);
                    }
                }
                case 9 -> {
                    if (random.nextInt(8) == 0) {
                        leave(random.nextBoolean() ? caller : callee);
                    }
                }
                default -> answer(callee, random.nextInt(5));
            }
        }

        void leave(Peer peer) {
            cluster.on(peer.connection, peer.connection::lost);
        }

        void call(Peer caller) {
            if (caller.connection.isClosed()) {
                return;
            }
            long request = ++caller.lastRequest;
            caller.calls.add(request);
            String name = "call-" + calls++;
            Payload payload = caller.connection.serializer().payload(List.of(name), null);
            long timeout = random.nextInt(4) == 0 ? 50 : 0;
            says(
                    caller,
                    new Call(
                            request, new CallOptions(random.nextBoolean(), false, timeout, false, null), "p", payload));
        }

        void cancel(Peer caller) {
            if (caller.lastRequest > 0) {
                CancelMode mode = random.nextInt(4) == 0 ? null : CancelMode.values()[random.nextInt(3)];
                says(caller, new Cancel(1 + random.nextLong(caller.lastRequest), mode));
            }
        }

        void answer(Peer callee, int how) {
            if (callee.open.isEmpty()) {
                return;
            }
            Invocation invocation = callee.open.get(random.nextInt(callee.open.size()));
            String name = name(callee, invocation.payload());
            Payload payload = callee.connection.serializer().payload(List.of(name), null);
            if (how == 0) {
                says(callee, new Yield(invocation.request(), new YieldOptions(true, null), payload));
                return;
            }
            // How 1 leaves it open, so that it is answered once more.
            if (how != 1) {
                callee.open.remove(invocation);
            }
            if (how == 2) {
                says(
                        callee,
                        new ErrorMessage(
                                MessageType.INVOCATION,
                                invocation.request(),
                                ErrorDetails.DEFAULT,
                                "app.error",
                                payload));
            } else {
                yielded.add(name);
                says(callee, new Yield(invocation.request(), YieldOptions.DEFAULT, payload));
            }
        }

        String name(Peer peer, Payload payload) {
            return (String) peer.connection.serializer().args(payload).get(0);
        }

        void collect() {
            for (Peer callee : callees) {
                for (WampMessage message : callee.connection.received()) {
                    if (message instanceof Invocation invocation) {
                        callee.open.add(invocation);
                        invocations.merge(name(callee, invocation.payload()), 1, Integer::sum);
                    } else {
                        assertThat(message.type()).as(about).isIn(MessageType.REGISTERED, MessageType.INTERRUPT);
                    }
                }
                callee.connection.received().clear();
                assertThat(callee.connection.received(Interrupt.class)).isEmpty();
            }
            for (Peer caller : callers) {
                for (WampMessage message : caller.connection.received()) {
                    ended(caller, message);
                }
                caller.connection.received().clear();
            }
        }

        void ended(Peer caller, WampMessage message) {
            if (message instanceof Result result) {
                if (!result.details().progress()) {
                    caller.ends.merge(result.request(), 1, Integer::sum);
                    assertThat(yielded).as(about).contains(name(caller, result.payload()));
                } else {
                    assertThat(caller.ends).as(about).doesNotContainKey(result.request());
                }
            } else if (message instanceof ErrorMessage error) {
                caller.ends.merge(error.request(), 1, Integer::sum);
            } else {
                throw new AssertionError(about + ": a caller got " + message);
            }
        }

        void finish() {
            cluster.settle();
            collect();
            for (Peer callee : callees) {
                while (!callee.open.isEmpty()) {
                    answer(callee, 3);
                }
            }
            cluster.settle();
            collect();
            for (Peer caller : callers) {
                if (!caller.connection.isClosed()) {
                    assertThat(caller.ends.keySet()).as(about).isEqualTo(caller.calls);
                }
                assertThat(caller.ends.values()).as(about).allMatch(ends -> ends == 1);
            }
            assertThat(invocations.values()).as(about).allMatch(times -> times == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyCallEndsExactlyOnceWhateverHappens(boolean cutLink) {
        long base = 20261123;
        for (long seed = base; seed < base + SEEDS; seed++) {
            new Run(seed, cutLink);
        }
    }
}
