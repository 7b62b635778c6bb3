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
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Calls in chunks, callees that are unavailable, that take only so many calls, that time them, that unregister and register
 * anew, against cancels, timeouts, sessions that leave and a link that breaks, on one node and on two, in orders drawn from
 * seeds. Each call ends exactly once; a callee gets the chunks of a call in order, without a gap, and no chunk that another
 * one has begun with; nobody has more calls at once than it takes; and when all is over nothing waits any more.
 */
class CallFeatureRacesTest {
    private static final int SEEDS = 1000;
    private static final int STEPS = 150;
    private static final String[] FLAGS = {"call_canceling", "call_reroute", "call_timeout"};

    private static final class Caller {
        final RecordingConnection connection;
        final Map<Long, Integer> chunks = new LinkedHashMap<>();
        final Set<Long> complete = new HashSet<>();
        final Map<Long, Integer> ends = new HashMap<>();
        long lastRequest;

        Caller(RecordingConnection connection) {
            this.connection = connection;
        }
    }

    /** One INVOCATION as the callee sees it. */
    private static final class Running {
        final String call;
        final long request;
        final int under;
        int chunks;
        boolean complete;

        /** @param under how many times the callee had registered */
        Running(String call, long request, int under) {
            this.call = call;
            this.request = request;
            this.under = under;
        }
    }

    private static final class Callee {
        final RecordingConnection connection;
        final int concurrency;
        final boolean reroutes;
        final Map<Long, Running> running = new LinkedHashMap<>();
        long registration;
        int registrations;
        long lastRequest;

        Callee(RecordingConnection connection, int concurrency, boolean reroutes) {
            this.connection = connection;
            this.concurrency = concurrency;
            this.reroutes = reroutes;
        }
    }

    private static final class Run {
        final Random random;
        final SimulatedCluster cluster;
        final List<Caller> callers = new ArrayList<>();
        final List<Callee> callees = new ArrayList<>();
        final Map<String, Callee> begunBy = new HashMap<>();
        final Set<String> yielded = new HashSet<>();
        final String about;

        Run(long seed, int nodes, boolean cutLink) {
            random = new Random(seed);
            about = "seed " + seed + ", nodes " + nodes + ", cut " + cutLink;
            cluster = new SimulatedCluster(random, 2, new SessionLimits(9, 9, 999, 2, 1000, 1000));
            for (int i = 0; i < 3; i++) {
                callers.add(new Caller(join(random.nextInt(nodes), Map.of("progressive_call_invocations", true))));
                callees.add(callee(random.nextInt(nodes)));
            }
            callees.forEach(this::register);
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

        RecordingConnection join(int node, Map<String, Object> features) {
            return cluster.join(node, random.nextInt(2), SerializerId.values()[random.nextInt(3)], features);
        }

        Callee callee(int node) {
            Map<String, Object> features = new HashMap<>();
            features.put("progressive_call_invocations", true);
            for (String flag : FLAGS) {
                features.put(flag, random.nextInt(3) > 0);
            }
            return new Callee(
                    join(node, features),
                    random.nextInt(3),
                    features.get("call_reroute").equals(true));
        }

        void register(Callee callee) {
            RegisterOptions options = new RegisterOptions(
                    MatchPolicy.EXACT, InvocationPolicy.ROUNDROBIN, false, random.nextBoolean(), callee.concurrency);
            says(callee.connection, new Register(++callee.lastRequest, options, "p"));
        }

        void says(RecordingConnection client, WampMessage message) {
            if (!client.isClosed()) {
                cluster.on(client, () -> client.says(message));
            }
        }

        void act() {
            Caller caller = callers.get(random.nextInt(callers.size()));
            Callee callee = callees.get(random.nextInt(callees.size()));
            switch (random.nextInt(24)) {
                case 0, 1, 2, 3 -> call(caller);
                case 4, 5, 6, 7, 8 -> goOn(caller);
                case 9, 10 -> cancel(caller);
                case 11 -> cluster.advance(random.nextInt(200));
                case 12 -> reregister(callee);
                case 13 -> {
                    if (random.nextInt(10) == 0) {
                        leave(random.nextBoolean() ? caller.connection : callee.connection);
                    }
                }
                default -> answer(callee, random.nextInt(6));
            }
        }

        void leave(RecordingConnection client) {
            cluster.on(client, client::lost);
        }

        void call(Caller caller) {
            if (caller.connection.isClosed()) {
                return;
            }
            long request = ++caller.lastRequest;
            caller.chunks.put(request, 0);
            send(caller, request, random.nextInt(3) == 0);
        }

        void goOn(Caller caller) {
            List<Long> open = caller.chunks.keySet().stream()
                    .filter(request -> !caller.complete.contains(request) && !caller.ends.containsKey(request))
                    .toList();
            if (!open.isEmpty() && !caller.connection.isClosed()) {
                send(caller, open.get(random.nextInt(open.size())), random.nextInt(3) == 0);
            }
        }

        void send(Caller caller, long request, boolean last) {
            int chunk = caller.chunks.merge(request, 1, Integer::sum);
            if (last) {
                caller.complete.add(request);
            }
            long timeout = random.nextInt(4) == 0 ? 50 : 0;
            String name = callers.indexOf(caller) + "-" + request;
            Payload payload = caller.connection.serializer().payload(List.of(name, (long) chunk), null);
            CallOptions options = new CallOptions(random.nextBoolean(), !last, timeout, false, null);
            says(caller.connection, new Call(request, options, "p", payload));
        }

        void cancel(Caller caller) {
            if (caller.lastRequest > 0) {
                CancelMode mode = CancelMode.values()[random.nextInt(3)];
                says(caller.connection, new Cancel(1 + random.nextLong(caller.lastRequest), mode));
            }
        }

        void reregister(Callee callee) {
            if (callee.registration != 0 && random.nextInt(3) == 0) {
                says(callee.connection, new Unregister(++callee.lastRequest, callee.registration));
                callee.registration = 0;
            }
        }

        void answer(Callee callee, int how) {
            if (callee.running.isEmpty()) {
                return;
            }
            List<Running> running = List.copyOf(callee.running.values());
            answer(callee, running.get(random.nextInt(running.size())), how);
        }

        void answer(Callee callee, Running invocation, int how) {
            Payload payload = callee.connection.serializer().payload(List.of(invocation.call), null);
            if (how == 0) {
                says(callee.connection, new Yield(invocation.request, new YieldOptions(true, null), payload));
                return;
            }
            callee.running.remove(invocation.request);
            if (how == 1) {
                if (callee.reroutes && invocation.chunks == 1) {
                    begunBy.remove(invocation.call, callee);
                }
                fails(callee, invocation, "wamp.error.unavailable", payload);
            } else if (how == 2) {
                fails(callee, invocation, "app.error", payload);
            } else {
                yielded.add(invocation.call);
                says(callee.connection, new Yield(invocation.request, YieldOptions.DEFAULT, payload));
            }
        }

        void fails(Callee callee, Running invocation, String error, Payload payload) {
            says(
                    callee.connection,
                    new ErrorMessage(MessageType.INVOCATION, invocation.request, ErrorDetails.DEFAULT, error, payload));
        }

        void collect() {
            for (Callee callee : callees) {
                List<WampMessage> received = List.copyOf(callee.connection.received());
                callee.connection.received().clear();
                received.forEach(message -> got(callee, message));
            }
            for (Caller caller : callers) {
                List<WampMessage> received = List.copyOf(caller.connection.received());
                caller.connection.received().clear();
                received.forEach(message -> ended(caller, message));
            }
        }

        void got(Callee callee, WampMessage message) {
            if (message instanceof Invocation invocation) {
                invoked(callee, invocation);
            } else if (message instanceof Interrupt interrupt) {
                callee.running.remove(interrupt.request());
                // The specification lets a callee that was interrupted answer.
                if (random.nextBoolean()) {
                    says(
                            callee.connection,
                            new ErrorMessage(
                                    MessageType.INVOCATION,
                                    interrupt.request(),
                                    ErrorDetails.DEFAULT,
                                    "wamp.error.canceled",
                                    Payload.EMPTY));
                } else {
                    says(callee.connection, new Yield(interrupt.request(), YieldOptions.DEFAULT, own(callee)));
                }
            } else if (message instanceof Registered registered) {
                callee.registration = registered.registration();
                callee.registrations++;
            } else if (message instanceof Unregistered) {
                register(callee);
            } else {
                throw new AssertionError(about + ": a callee got " + message);
            }
        }

        Payload own(Callee callee) {
            return callee.connection.serializer().payload(List.of("interrupted"), null);
        }

        void invoked(Callee callee, Invocation invocation) {
            List<Object> args = callee.connection.serializer().args(invocation.payload());
            String call = (String) args.get(0);
            int chunk = ((Long) args.get(1)).intValue();
            if (chunk == 1) {
                assertThat(begunBy.put(call, callee))
                        .as("%s: %s begun twice", about, call)
                        .isNull();
                assertThat(callee.running).as(about).doesNotContainKey(invocation.request());
                callee.running.put(invocation.request(), new Running(call, invocation.request(), callee.registrations));
                if (callee.concurrency > 0) {
                    assertThat(callee.running.values())
                            .as(about)
                            .filteredOn(running -> running.under == callee.registrations)
                            .hasSizeLessThanOrEqualTo(callee.concurrency);
                }
            }
            Running running = callee.running.get(invocation.request());
            if (running == null) {
                // Answered already: the chunk was on its way.
                return;
            }
            assertThat(running.call).as(about).isEqualTo(call);
            assertThat(running.complete).as(about).isFalse();
            assertThat(chunk).as("%s: chunks of %s in order", about, call).isEqualTo(++running.chunks);
            running.complete = !invocation.details().progress();
        }

        void ended(Caller caller, WampMessage message) {
            if (message instanceof Result result) {
                if (result.details().progress()) {
                    assertThat(caller.ends).as(about).doesNotContainKey(result.request());
                } else {
                    caller.ends.merge(result.request(), 1, Integer::sum);
                    String call = (String) caller.connection
                            .serializer()
                            .args(result.payload())
                            .get(0);
                    assertThat(call).as(about).isIn(callers.indexOf(caller) + "-" + result.request(), "interrupted");
                    assertThat(call.equals("interrupted") || yielded.contains(call))
                            .as(about)
                            .isTrue();
                }
            } else if (message instanceof ErrorMessage error) {
                caller.ends.merge(error.request(), 1, Integer::sum);
            } else {
                throw new AssertionError(about + ": a caller got " + message);
            }
        }

        /** The callees answer all there is, until nothing is left that could be. */
        void finish() {
            cluster.settle();
            collect();
            while (callees.stream().anyMatch(callee -> !callee.connection.isClosed() && !callee.running.isEmpty())) {
                for (Callee callee : callees) {
                    for (Running invocation : List.copyOf(callee.running.values())) {
                        answer(callee, invocation, 3);
                    }
                }
                cluster.settle();
                collect();
            }
            // Those that were interrupted last have answered meanwhile.
            cluster.settle();
            collect();
            for (Caller caller : callers) {
                if (!caller.connection.isClosed()) {
                    assertThat(caller.ends.keySet()).as(about).isEqualTo(caller.chunks.keySet());
                }
                assertThat(caller.ends.values()).as(about).allMatch(ends -> ends == 1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "2, true"})
    void everyCallEndsExactlyOnceAndItsChunksStayTogether(int nodes, boolean cutLink) {
        long base = 20261128;
        for (long seed = base; seed < base + SEEDS; seed++) {
            new Run(seed, nodes, cutLink);
        }
    }
}
