package dev.weft.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.load.client.Endpoint;
import dev.weft.load.scenario.Load.Idle;
import dev.weft.load.scenario.Load.Join;
import dev.weft.load.scenario.Load.PubSub;
import dev.weft.load.scenario.Load.Rpc;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SerializerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioFileTest {
    private static Scenario parse(String yaml) throws ScenarioException {
        return ScenarioFile.parse("x.yaml", yaml);
    }

    static List<Path> readyScenarios() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("scenarios"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("readyScenarios")
    void theReadyOnesCanBeRead(Path file) throws Exception {
        assertThat(ScenarioFile.read(file).loads()).isNotEmpty();
    }

    @Test
    void everyKeyIsRead() throws ScenarioException {
        Scenario scenario = parse("""
                name: all
                realm: r
                endpoints: [ws://h:1/p, rss://h:2]
                other-endpoints: rs://h:3
                warmup: 500ms
                duration: 2m
                load:
                  - { type: rpc, callers: 2, callees: 3, in-flight: 4, payload: [32, 64], serializers: [json, cbor] }
                  - { type: pubsub, publishers: 2, subscribers: 6, topics: 8, match: prefix, patterns: 4, subscriptions: 2,
                      rate: 12.5, serializers: json, other-serializers: msgpack }
                  - { type: join, sessions: 9, rate: 3 }
                  - { type: idle, sessions: 5, subscriptions: 0 }
                """);
        assertThat(scenario.endpoints()).hasToString("[ws://h:1/p, rss://h:2]");
        assertThat(scenario.otherEndpoints()).hasToString("[rs://h:3]");
        assertThat(scenario.warmup()).isEqualTo(Duration.ofMillis(500));
        assertThat(scenario.duration()).isEqualTo(Duration.ofMinutes(2));
        List<SerializerId> two = List.of(SerializerId.JSON, SerializerId.CBOR);
        List<SerializerId> json = List.of(SerializerId.JSON);
        List<SerializerId> msgpack = List.of(SerializerId.MSGPACK);
        assertThat(scenario.loads())
                .containsExactly(
                        new Rpc(2, 3, new Messages(new Pace.Closed(4), List.of(32, 64), two, two)),
                        new PubSub(
                                2,
                                6,
                                8,
                                2,
                                MatchPolicy.PREFIX,
                                4,
                                new Messages(new Pace.Open(12.5), List.of(128), json, msgpack)),
                        new Join(9, 3, msgpack),
                        new Idle(5, 0, msgpack));
    }

    @Test
    void everyProblemIsToldAtOnceWithLineAndKey() {
        assertThatThrownBy(() -> parse("""
                        name: wrong
                        durration: 5s
                        warmup: soon
                        endpoints: [http://h:1, rs://nowhere]
                        load:
                          - type: rpc
                            callers: none
                            in-flight: 0
                            payload: [64, 5]
                          - type: magic
                          - type: pubsub
                            rate: -1
                            serializers: xml
                            match: fuzzy
                        """))
                .isInstanceOf(ScenarioException.class)
                .hasMessage("""
                        x.yaml:2:1: durration: unknown key; known here: duration, endpoints, load, name, other-endpoints, realm, warmup
                        x.yaml:3:9: warmup: expected a time such as 500ms, 10s, 5m or 12h, found 'soon'
                        x.yaml:4:13: endpoints[0]: expected an address such as rs://127.0.0.1:8080, rss://..., ws://127.0.0.1:8080/ws or wss://..., found 'http://h:1'
                        x.yaml:4:25: endpoints[1]: expected a host and a port, found 'rs://nowhere'
                        x.yaml:7:14: load[0].callers: expected a whole number of at least 1, found 'none'
                        x.yaml:8:16: load[0].in-flight: expected a whole number of at least 1, found '0'
                        x.yaml:9:19: load[0].payload[1]: expected octets from 32 to 16000000, found '5'
                        x.yaml:10:11: load[1].type: expected rpc, pubsub, join or idle, found 'magic'
                        x.yaml:12:11: load[2].rate: expected a number over 0, found '-1'
                        x.yaml:13:18: load[2].serializers: expected json, msgpack, cbor or ubjson, found 'xml'
                        x.yaml:14:12: load[2].match: expected exact, prefix or wildcard, found 'fuzzy'""");
    }

    @Test
    void whatDoesNotFitTogetherIsAProblem() {
        assertProblem(
                "load: [{type: rpc, rate: 5, in-flight: 2}]", "x.yaml:1:40: load[0].in-flight: either this or rate");
        assertProblem(
                "load: [{type: pubsub, topics: 3}]",
                "x.yaml:1:31: load[0].topics: expected no more than there are subscriptions, 1");
        assertProblem(
                "load: [{type: pubsub, subscriptions: 3}]",
                "x.yaml:1:38: load[0].subscriptions: expected no more of a subscriber than there are to choose from, 1");
        assertProblem(
                "load: [{type: pubsub, match: prefix, topics: 2, patterns: 3, subscribers: 9}]",
                "x.yaml:1:59: load[0].patterns: expected no more than topics, 2");
    }

    @Test
    void whatIsNoScenarioIsAProblem() {
        assertProblem("", "x.yaml: the file is empty");
        assertProblem("name: x", "x.yaml:1:1: load: missing");
        assertProblem("load: {type: rpc}", "x.yaml:1:7: load: expected a list of groups of keys");
        assertProblem("load: [rpc]", "x.yaml:1:8: load[0]: expected a group of keys");
        assertProblem("load: [{type: rpc, type: rpc}]", "x.yaml:1:20: load[0].type: written twice");
        assertProblem("load: [\n  {", "x.yaml:2:4: not YAML: ");
    }

    private static void assertProblem(String yaml, String problem) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith(problem);
    }

    @Test
    void whereFilesAreFewCrowdsAreCutAndSendersAreNot() throws ScenarioException {
        Scenario scenario = parse("""
                load:
                  - { type: pubsub, publishers: 4, subscribers: 996 }
                  - { type: idle, sessions: 9000 }
                """);
        assertThat(Sessions.cutTo(scenario, 10_000)).isSameAs(scenario);
        Scenario cut = Sessions.cutTo(scenario, 1000);
        assertThat(((PubSub) cut.loads().get(0)).publishers()).isEqualTo(4);
        assertThat(((PubSub) cut.loads().get(0)).subscribers()).isEqualTo(99);
        assertThat(((Idle) cut.loads().get(1)).sessions()).isEqualTo(900);
    }

    @Test
    void anotherEndpointReplacesBothUnlessTwoAreGiven() throws ScenarioException {
        Scenario scenario = parse("other-endpoints: rs://h:9\nload: [{type: rpc}]");
        List<Endpoint> here = scenario.endpoints();
        List<Endpoint> there = scenario.otherEndpoints();
        assertThat(scenario.at(List.of(), List.of())).isEqualTo(scenario);
        assertThat(scenario.at(here, List.of()).otherEndpoints()).isEqualTo(here);
        assertThat(scenario.at(there, here).otherEndpoints()).isEqualTo(here);
    }
}
