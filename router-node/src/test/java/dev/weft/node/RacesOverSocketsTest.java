package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.Event;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two clients that say, at about the same time, what cannot both hold; each thousands of times, over real sockets, in orders
 * and with pauses drawn from seeds, on one node and on two. Each time exactly one of them happens, and both sides agree on
 * which.
 */
@Tag("cluster")
class RacesOverSocketsTest {
    private static final int BATCHES = 60;
    private static final int BATCH = 20;
    private static final long SEED = 20261128;
    private static final String CANCELED = "wamp.error.canceled";
    private static final String TIMEOUT = "wamp.error.timeout";
    private static final String NO_SUCH_PROCEDURE = "wamp.error.no_such_procedure";

    private static TwoNodes nodes;

    @BeforeAll
    static void startTwoNodes() throws Exception {
        nodes = TwoNodes.start();
    }

    @AfterAll
    static void stopBoth() {
        nodes.close();
    }

    /** Something one of the two says. */
    private interface Step {
        void take() throws IOException;
    }

    private static TestClient join(int node, Random random) throws IOException {
        SerializerId serializer = SerializerId.values()[random.nextInt(3)];
        return nodes.join(node, random.nextBoolean() ? Framing.RAWSOCKET : Framing.WEBSOCKET, serializer);
    }

    /** In an order drawn, with up to so many microseconds before each. */
    private static void race(List<Step> steps, int pauseMicros, Random random) throws IOException {
        Collections.shuffle(steps, random);
        for (Step step : steps) {
            long until = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(random.nextInt(pauseMicros));
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            step.take();
        }
    }

    private static String uri(String race, int node) {
        return "com.example." + race + ".node" + node + ".";
    }

    private static List<String> uris(String race, int node) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            names.add(uri(race, node) + i);
        }
        return names;
    }

    /** A caller and a callee, and a call that proves that all before it has arrived: what goes one way stays in order. */
    private static final class Pair implements AutoCloseable {
        final RacingCaller caller;
        final RacingCallee callee;
        private final String uri;
        private final long fence;

        /** @param uri of its own, with a part for each procedure: the session of another test may be leaving still */
        Pair(String uri, int nodeOfTheCallee, Random random) throws IOException {
            this.uri = uri;
            caller = new RacingCaller(join(0, random));
            callee = new RacingCallee(join(nodeOfTheCallee, random));
            fence = callee.register(uri + "fence", RegisterOptions.DEFAULT);
        }

        /** Returns when all calls have ended, and every message of the callee from before has been seen. */
        void settle() throws IOException {
            callFence();
            WampMessage message = callee.receive();
            while (!isFence(message)) {
                callee.answer((Invocation) message);
                message = callee.receive();
            }
            callee.answer((Invocation) message);
            caller.readAllEnds();
            caller.ends().merge(RacingCaller.RESULT, -1, Integer::sum);
        }

        void callFence() throws IOException {
            caller.call(uri + "fence", 0);
        }

        boolean isFence(WampMessage message) {
            return message instanceof Invocation invocation && invocation.registration() == fence;
        }

        /** The two outcomes, both of which have to happen, and nothing else. */
        void endedBy(String one, String other, int calls) {
            Map<String, Integer> ends = caller.ends();
            assertThat(ends.keySet()).isEqualTo(Set.of(one, other));
            assertThat(ends.values()).allMatch(count -> count > 0);
            assertThat(ends.values().stream().mapToInt(count -> count).sum()).isEqualTo(calls);
        }

        @Override
        public void close() throws IOException {
            callee.client().leave();
            caller.close();
            callee.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aCallIsCanceledOrAnswered(int nodeOfTheCallee) throws IOException {
        Random random = new Random(SEED + nodeOfTheCallee);
        try (Pair pair = new Pair(uri("cancel", nodeOfTheCallee), nodeOfTheCallee, random)) {
            String procedure = uri("cancel", nodeOfTheCallee) + "0";
            pair.callee.register(procedure, RegisterOptions.DEFAULT);
            for (int batch = 0; batch < BATCHES; batch++) {
                List<Step> steps = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    long request = pair.caller.call(procedure, 0);
                    CancelMode mode = CancelMode.values()[random.nextInt(3)];
                    steps.add(() -> pair.caller.cancel(request, mode));
                }
                for (Invocation invocation : pair.callee.takeInvocations(BATCH)) {
                    steps.add(() -> pair.callee.answer(invocation));
                }
                race(steps, 30, random);
                pair.settle();
            }
            pair.endedBy(RacingCaller.RESULT, CANCELED, BATCHES * BATCH);
            assertThat(pair.callee.interrupts()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aCallIsAnsweredInTimeOrNot(int nodeOfTheCallee) throws IOException {
        Random random = new Random(SEED + nodeOfTheCallee);
        try (Pair pair = new Pair(uri("timeout", nodeOfTheCallee), nodeOfTheCallee, random)) {
            String procedure = uri("timeout", nodeOfTheCallee) + "0";
            pair.callee.register(procedure, RegisterOptions.DEFAULT);
            for (int batch = 0; batch < BATCHES; batch++) {
                for (int i = 0; i < BATCH; i++) {
                    pair.caller.call(procedure, 1 + random.nextInt(10));
                }
                List<Step> steps = new ArrayList<>();
                for (Invocation invocation : pair.callee.takeInvocations(BATCH)) {
                    steps.add(() -> pair.callee.answer(invocation));
                }
                race(steps, 800, random);
                pair.settle();
            }
            // No timer of a call that was answered ends it again.
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
            while (System.nanoTime() < until) {
                pair.settle();
            }
            pair.endedBy(RacingCaller.RESULT, TIMEOUT, BATCHES * BATCH);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aCallMeetsTheRegistrationOrNone(int nodeOfTheCallee) throws IOException {
        Random random = new Random(SEED + nodeOfTheCallee);
        List<String> procedures = uris("unregister", nodeOfTheCallee);
        try (Pair pair = new Pair(uri("unregister", nodeOfTheCallee), nodeOfTheCallee, random)) {
            for (int batch = 0; batch < BATCHES; batch++) {
                TestClient callee = pair.callee.client();
                for (String procedure : procedures) {
                    callee.send(new Register(callee.nextRequest(), RegisterOptions.DEFAULT, procedure));
                }
                Map<Long, Long> unregistering = new HashMap<>();
                List<Step> steps = new ArrayList<>();
                for (String procedure : procedures) {
                    long registration = callee.expect(Registered.class).registration();
                    steps.add(() -> {
                        long request = callee.nextRequest();
                        unregistering.put(request, registration);
                        callee.send(new Unregister(request, registration));
                    });
                    steps.add(() -> pair.caller.call(procedure, 0));
                }
                race(steps, 60, random);
                pair.callFence();
                answerUntilUnregistered(pair, unregistering);
                pair.caller.readAllEnds();
                pair.caller.ends().merge(RacingCaller.RESULT, -1, Integer::sum);
            }
            pair.endedBy(RacingCaller.RESULT, NO_SUCH_PROCEDURE, BATCHES * BATCH);
        }
    }

    /** After UNREGISTERED no invocation of that registration may come. */
    private static void answerUntilUnregistered(Pair pair, Map<Long, Long> unregistering) throws IOException {
        Set<Long> gone = new HashSet<>();
        boolean fenced = false;
        while (!fenced || gone.size() < unregistering.size()) {
            WampMessage message = pair.callee.receive();
            if (message instanceof Invocation invocation) {
                assertThat(gone).doesNotContain(invocation.registration());
                fenced |= pair.isFence(invocation);
                pair.callee.answer(invocation);
            } else {
                assertThat(message).isInstanceOf(Unregistered.class);
                assertThat(gone.add(unregistering.get(((Unregistered) message).request())))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aCallerThatLeavesGetsTheResultBeforeOrNotAtAll(int nodeOfTheCallee) throws IOException {
        Random random = new Random(SEED + nodeOfTheCallee);
        RegisterOptions oneAtATime = new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.SINGLE, false, false, 1);
        List<String> procedures = uris("leave", nodeOfTheCallee);
        int results = 0;
        try (Pair pair = new Pair(uri("leave", nodeOfTheCallee), nodeOfTheCallee, random)) {
            for (String procedure : procedures) {
                pair.callee.register(procedure, oneAtATime);
            }
            for (int batch = 0; batch < BATCHES; batch++) {
                List<TestClient> polite = new ArrayList<>();
                List<Step> steps = new ArrayList<>();
                for (String procedure : procedures) {
                    RacingCaller leaving = new RacingCaller(join(0, random));
                    leaving.call(procedure, 0);
                    if (random.nextBoolean()) {
                        polite.add(leaving.client());
                        steps.add(() -> leaving.client().send(new Goodbye(Map.of(), "wamp.close.close_realm")));
                    } else {
                        steps.add(leaving::close);
                    }
                }
                for (Invocation invocation : pair.callee.takeInvocations(BATCH)) {
                    steps.add(() -> pair.callee.answer(invocation));
                }
                race(steps, 30, random);
                for (TestClient leaving : polite) {
                    results += resultsBeforeGoodbye(leaving);
                    leaving.close();
                }
                // The callee is free again: it takes one call at a time, and none is waited for in vain.
                for (String procedure : procedures) {
                    pair.caller.call(procedure, 0);
                }
                for (Invocation invocation : pair.callee.takeInvocations(BATCH)) {
                    pair.callee.answer(invocation);
                }
                pair.settle();
            }
            assertThat(pair.caller.ends()).isEqualTo(Map.of(RacingCaller.RESULT, BATCHES * BATCH));
            assertThat(results).isPositive();
            assertThat(pair.callee.interrupts()).isPositive();
        }
    }

    private static int resultsBeforeGoodbye(TestClient leaving) throws IOException {
        WampMessage message = leaving.receive();
        if (message instanceof Goodbye) {
            return 0;
        }
        assertThat(message).isInstanceOf(Result.class);
        leaving.expect(Goodbye.class);
        return 1;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anEventMeetsTheSubscriptionOrNone(int nodeOfTheSubscriber) throws IOException {
        Random random = new Random(SEED + nodeOfTheSubscriber);
        List<String> topics = uris("subscribe", nodeOfTheSubscriber);
        int early = 0;
        int late = 0;
        try (TestClient publisher = join(0, random);
                TestClient subscriber = join(nodeOfTheSubscriber, random)) {
            for (int batch = 0; batch < BATCHES; batch++) {
                Subscriptions held = new Subscriptions(subscriber);
                List<Step> steps = new ArrayList<>();
                for (String topic : topics) {
                    steps.add(() -> held.subscribe(topic));
                    steps.add(() -> publish(publisher, topic, "early"));
                }
                race(steps, 60, random);
                held.readAll(topics.size(), Subscribed.class);
                for (String topic : topics) {
                    publish(publisher, topic, "sure");
                }
                held.readUntil(topics.size(), "sure");
                steps.clear();
                for (String topic : topics) {
                    steps.add(() -> held.unsubscribe(topic));
                    steps.add(() -> publish(publisher, topic, "late"));
                }
                race(steps, 60, random);
                held.readAll(topics.size(), Unsubscribed.class);
                for (int i = 0; i < 3 * BATCH; i++) {
                    publisher.expect(Published.class);
                }
                early += held.count("early");
                late += held.count("late");
            }
        }
        assertThat(early).isBetween(1, BATCHES * BATCH - 1);
        assertThat(late).isBetween(1, BATCHES * BATCH - 1);
    }

    private static void publish(TestClient publisher, String topic, String what) throws IOException {
        PublishOptions acknowledged = new PublishOptions(true, true, false, false, null, null);
        publisher.send(new Publish(publisher.nextRequest(), acknowledged, topic, publisher.payload(topic, what)));
    }

    /** What a subscriber holds, and the events it got: each once, of what it holds only, in the order published. */
    private static final class Subscriptions {
        private static final List<String> ORDER = List.of("early", "sure", "late");

        private final TestClient client;
        private final Map<Long, String> requested = new HashMap<>();
        private final Map<String, Long> ids = new HashMap<>();
        private final Map<Long, String> held = new HashMap<>();
        private final Map<String, List<String>> events = new HashMap<>();
        private int answers;

        Subscriptions(TestClient client) {
            this.client = client;
        }

        void subscribe(String topic) throws IOException {
            long request = client.nextRequest();
            requested.put(request, topic);
            client.send(new Subscribe(request, SubscribeOptions.DEFAULT, topic));
        }

        void unsubscribe(String topic) throws IOException {
            long request = client.nextRequest();
            requested.put(request, topic);
            client.send(new Unsubscribe(request, ids.get(topic)));
        }

        void readAll(int wanted, Class<? extends WampMessage> type) throws IOException {
            answers = 0;
            while (answers < wanted) {
                WampMessage message = client.receive();
                assertThat(message).isInstanceOfAny(type, Event.class);
                take(message);
            }
        }

        void readUntil(int wanted, String what) throws IOException {
            while (count(what) < wanted) {
                take(client.expect(Event.class));
            }
        }

        private void take(WampMessage message) {
            if (message instanceof Subscribed subscribed) {
                String topic = requested.get(subscribed.request());
                ids.put(topic, subscribed.subscription());
                held.put(subscribed.subscription(), topic);
                answers++;
            } else if (message instanceof Unsubscribed unsubscribed) {
                held.remove(ids.get(requested.get(unsubscribed.request())));
                answers++;
            } else {
                Event event = (Event) message;
                String topic = (String) client.args(event).get(0);
                String what = (String) client.args(event).get(1);
                assertThat(held).as("%s of what is held", event).containsEntry(event.subscription(), topic);
                List<String> before = events.computeIfAbsent(topic, first -> new ArrayList<>());
                assertThat(before)
                        .as("events before %s", what)
                        .allMatch(each -> ORDER.indexOf(each) < ORDER.indexOf(what));
                before.add(what);
            }
        }

        int count(String what) {
            return (int)
                    events.values().stream().filter(each -> each.contains(what)).count();
        }
    }
}
