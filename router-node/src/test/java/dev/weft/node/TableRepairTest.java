package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.weft.broker.SubscriptionTable;
import dev.weft.cluster.link.PeerLink;
import dev.weft.cluster.table.TableKey;
import dev.weft.lane.Lane;
import dev.weft.node.cli.LocalPorts;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Event;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes that find what was damaged behind their backs, and mend it. */
@Tag("cluster")
class TableRepairTest {
    private static final List<Integer> MEMBER_PORTS = LocalPorts.free(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RouterNode first;
    private static RouterNode second;

    @BeforeAll
    static void startTwoNodes() throws Exception {
        first = start("first", 0);
        second = start("second", 1);
    }

    @AfterAll
    static void stopBoth() {
        second.stop();
        first.stop();
    }

    private static RouterNode start(String name, int index) throws NodeStartException {
        return (RouterNode) RouterNode.start(NodeConfigs.of("""
                node: {name: %s}
                listeners: [{address: "127.0.0.1:0"}]
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                cluster:
                  enabled: true
                  name: table-repair-test-%d
                  discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                  hazelcast: {address: "127.0.0.1:%d", audit-interval: 500ms}
                  link: {address: "127.0.0.1:0", secret: "sixteen characters and more"}
                  audit-interval: 300ms
                admin: {address: "127.0.0.1:0"}
                drain: {spread: 0s}
                """.formatted(
                        name, MEMBER_PORTS.get(0), MEMBER_PORTS.get(0), MEMBER_PORTS.get(1), MEMBER_PORTS.get(index))));
    }

    private static TestClient join(RunningNode node) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, Framing.RAWSOCKET, SerializerId.MSGPACK, "realm1");
    }

    private static void subscribe(TestClient client, String topic) throws IOException {
        client.send(new Subscribe(client.nextRequest(), new SubscribeOptions(MatchPolicy.EXACT, false), topic));
        client.expect(Subscribed.class);
    }

    private static String verify(RouterNode node) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + node.adminAddress().orElseThrow() + "/cluster/verify");
        return HTTP.send(
                        HttpRequest.newBuilder(uri)
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static List<Lane> lanesToOthers(SubscriptionTable table, String topic) {
        List<Lane> lanes = new ArrayList<>();
        table.forEach((match, uri, subscription, lane) -> {
            if (uri.equals(topic) && lane instanceof PeerLink) {
                lanes.add(lane);
            }
        });
        return lanes;
    }

    @Test
    void whatANodeForgotOfAnotherIsToldAgain() throws Exception {
        SubscriptionTable known = first.realms().tables("realm1").subscriptions();
        try (TestClient subscriber = join(second);
                TestClient publisher = join(first)) {
            subscribe(subscriber, "com.example.lost");
            Lane link = lanesToOthers(known, "com.example.lost").get(0);
            known.remove(MatchPolicy.EXACT, "com.example.lost", link);
            known.add(MatchPolicy.EXACT, "com.example.ghost", 5, link);

            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> !lanesToOthers(known, "com.example.lost").isEmpty()
                            && lanesToOthers(known, "com.example.ghost").isEmpty());
            publisher.send(new Publish(
                    publisher.nextRequest(), PublishOptions.DEFAULT, "com.example.lost", publisher.payload("again")));
            assertThat(subscriber.args(subscriber.expect(Event.class))).containsExactly("again");
        }
    }

    @Test
    void whatHazelcastLostIsStoredAgainAndWhatNobodyHoldsIsRemoved() throws Exception {
        HazelcastInstance member = Hazelcast.getAllHazelcastInstances().stream()
                .filter(one -> one.getConfig().getClusterName().startsWith("table-repair-test"))
                .findFirst()
                .orElseThrow();
        IMap<TableKey, Object> interest = member.getMap("weft.interest");
        IMap<TableKey, Object> callees = member.getMap("weft.callees");
        TableKey topic = new TableKey("realm1", MatchPolicy.EXACT, "com.example.stored");
        TableKey procedure = new TableKey("realm1", MatchPolicy.EXACT, "com.example.procedure");
        TableKey ghost = new TableKey("realm1", MatchPolicy.EXACT, "com.example.nobody");
        try (TestClient client = join(second)) {
            subscribe(client, "com.example.stored");
            client.send(new Register(client.nextRequest(), RegisterOptions.DEFAULT, "com.example.procedure"));
            client.expect(Registered.class);
            Object holders = interest.get(topic);
            Object roster = callees.get(procedure);

            interest.set(ghost, holders);
            interest.delete(topic);
            callees.delete(procedure);

            await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
                assertThat(interest.get(topic)).isEqualTo(holders);
                assertThat(callees.get(procedure)).isEqualTo(roster);
                assertThat(interest.get(ghost)).isNull();
            });
        }
    }

    @Test
    void whoAsksIsToldThatAllIsWellByBothNodes() throws Exception {
        try (TestClient here = join(first);
                TestClient there = join(second)) {
            subscribe(here, "com.example.here");
            subscribe(there, "com.example.there");
            for (RouterNode node : List.of(first, second)) {
                await().atMost(30, TimeUnit.SECONDS)
                        .untilAsserted(
                                () -> assertThat(verify(node)).contains("\"differences\": []", "\"complete\": true"));
            }
        }
    }
}
