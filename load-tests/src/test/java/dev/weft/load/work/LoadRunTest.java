package dev.weft.load.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.ConfigLoader;
import dev.weft.config.RealmConfig;
import dev.weft.load.client.Endpoint;
import dev.weft.load.report.LoadResult;
import dev.weft.load.report.RunResult;
import dev.weft.load.report.Sample;
import dev.weft.load.scenario.Scenario;
import dev.weft.load.scenario.ScenarioFile;
import dev.weft.node.RouterNode;
import dev.weft.node.RunningNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a node in this process. */
class LoadRunTest {
    private static RunningNode node;

    @BeforeAll
    static void startNode() throws Exception {
        node = RouterNode.start(new ConfigLoader(Map.of(), List.of())
                .loadText(
                        "test",
                        "listeners: [{address: \"127.0.0.1:0\", compression: true}, {name: plain, address: \"127.0.0.1:0\"}]\n"
                                + "realms: [{uri: realm1, auth: {methods: [anonymous]}, roles: "
                                + RealmConfig.OPEN_ROLES + "}]\n")
                .config()
                .orElseThrow());
    }

    @AfterAll
    static void stopNode() {
        node.stop();
    }

    private static List<Endpoint> endpoint(String scheme) {
        return node.addresses().get(0).urls().stream()
                .filter(url -> url.startsWith(scheme + ":"))
                .map(Endpoint::parse)
                .toList();
    }

    private static Scenario scenario(String scheme, String load) throws Exception {
        return ScenarioFile.parse("test", "warmup: 100ms\nduration: 400ms\nload: [" + load + "]")
                .at(endpoint(scheme), List.of());
    }

    private static RunResult run(String scheme, String load) throws Exception {
        List<Long> pids = List.of(ProcessHandle.current().pid());
        return new LoadRun(scenario(scheme, load), pids, sample -> {}).run();
    }

    private static void assertBusyAndClean(RunResult result) {
        assertThat(result.loads()).allSatisfy(load -> {
            assertThat(load.operations()).isPositive();
            assertThat(load.failed()).isZero();
            assertThat(load.faults().total()).isZero();
            assertThat(load.micros(50)).isPositive();
        });
        assertThat(result.isClean()).isTrue();
    }

    @Test
    void callsGoThroughAndCostWhatIsRead() throws Exception {
        RunResult result = run("rs", "{type: rpc, callers: 3, callees: 2, in-flight: 5, payload: [32, 5000]}");
        assertBusyAndClean(result);
        assertThat(result.sessions()).isEqualTo(5);
        assertThat(result.routerMicrosPerOperation()).isPositive();
        assertThat(result.octetsSent()).isGreaterThan(result.operations() * 2 * 2000);
        assertThat(result.loads().get(0).lateness().getTotalCount()).isZero();
    }

    @Test
    void callsAtAFixedRateAreSentAtThatRate() throws Exception {
        RunResult result = run("rs", "{type: rpc, rate: 1000}");
        assertBusyAndClean(result);
        assertThat(result.operations()).isBetween(100L, 1000L);
        assertThat(result.loads().get(0).lateness().getTotalCount()).isPositive();
    }

    @Test
    void eventsReachEverySubscriberInEverySerializer() throws Exception {
        RunResult result = run(
                "rs",
                "{type: pubsub, publishers: 2, subscribers: 6, in-flight: 4, serializers: [json, cbor],"
                        + " other-serializers: [json, msgpack, cbor]}");
        assertBusyAndClean(result);
    }

    @Test
    void whatGoesDeflatedTakesFewerOctets() throws Exception {
        String load = "{type: rpc, in-flight: 3, payload: [32, 4096, 70000], serializers: [json, msgpack]},"
                + " {type: pubsub, subscribers: 3, payload: 4096}";
        RunResult plain = new LoadRun(scenario("ws", load), List.of(), sample -> {}).run();
        Scenario deflated = scenario("ws", load).at(deflating(0), List.of());
        RunResult result = new LoadRun(deflated, List.of(), sample -> {}).run();
        assertBusyAndClean(result);
        assertThat(octetsEach(result)).isLessThan(octetsEach(plain) / 10);
    }

    @Test
    void aRouterThatDoesNotDeflateIsNotTakenForOneThatDoes() throws Exception {
        Scenario deflated = scenario("ws", "{type: rpc}").at(deflating(1), List.of());
        assertThatThrownBy(() -> new LoadRun(deflated, List.of(), sample -> {}).run())
                .hasStackTraceContaining("the router does not agree to permessage-deflate");
    }

    private static List<Endpoint> deflating(int listener) {
        return node.addresses().get(listener).urls().stream()
                .filter(url -> url.startsWith("ws:"))
                .map(url -> Endpoint.parse(url.replace("ws:", "ws+deflate:")))
                .toList();
    }

    private static double octetsEach(RunResult result) {
        return (double) (result.octetsSent() + result.octetsReceived()) / result.operations();
    }

    @Test
    void everythingGoesOverWebSocketToo() throws Exception {
        String sizes = "in-flight: 3, payload: [32, 100, 200, 70000], serializers: [json, msgpack]";
        RunResult result =
                run("ws", "{type: rpc, " + sizes + "}, {type: pubsub, subscribers: 3, " + sizes + "}, {type: idle}");
        assertBusyAndClean(new RunResult(
                result.scenario(),
                result.notes(),
                result.nanos(),
                result.sessions(),
                result.loads().subList(0, 2),
                result.samples(),
                result.router(),
                result.toolCpuMicros(),
                result.loopBusy(),
                result.octetsSent(),
                result.octetsReceived()));
        assertThat(result.loads())
                .extracting(LoadResult::operation)
                .containsExactly("1 round trip", "2 delivered event", "3 idle");
    }

    @Test
    void manyTopicsAndPatternsMatchWhatTheyAreToMatch() throws Exception {
        assertBusyAndClean(run("rs", "{type: pubsub, publishers: 2, subscribers: 5, topics: 20, subscriptions: 8}"));
        for (String match : List.of("prefix", "wildcard")) {
            String load = "publishers: 2, subscribers: 5, topics: 20, patterns: 4, subscriptions: 2, match: " + match;
            assertBusyAndClean(run("rs", "{type: pubsub, " + load + "}"));
        }
    }

    @Test
    void sessionsComeBackAtOnceOrAtARate() throws Exception {
        assertBusyAndClean(run("rs", "{type: join, sessions: 20}"));
        RunResult paced = run("ws", "{type: join, sessions: 20, rate: 100}");
        assertBusyAndClean(paced);
        assertThat(paced.operations()).isBetween(5L, 200L);
    }

    @Test
    void everySecondIsToldOfWithTheWarmupBeforeZero() throws Exception {
        List<Sample> told = new ArrayList<>();
        Scenario scenario = scenario("rs", "{type: rpc}").lasting(Duration.ofMillis(50), Duration.ofMillis(1100));
        RunResult result = new LoadRun(scenario, List.of(), told::add).run();
        assertThat(told).extracting(Sample::second).containsExactly(0.0, 1.0, 1.1);
        assertThat(result.samples()).hasSize(2);
        assertThat(result.router()).isEmpty();
    }

    @Test
    void aRouterThatIsNotThereOrDoesNotLetUsInIsAnError() throws Exception {
        Scenario nowhere = scenario("rs", "{type: rpc}").at(List.of(Endpoint.parse("rs://127.0.0.1:1")), List.of());
        assertThatThrownBy(() -> new LoadRun(nowhere, List.of(), sample -> {}).run())
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("refused");
        Scenario noRealm = scenario("ws", "{type: rpc}").inRealm("nobody.has.it");
        assertThatThrownBy(() -> new LoadRun(noRealm, List.of(), sample -> {}).run())
                .hasMessageContaining("ABORT: wamp.error.no_such_realm");
    }
}
