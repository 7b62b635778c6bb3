package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.NodeConfig;
import dev.weft.node.cli.LocalPorts;
import dev.weft.testkit.Browser;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Hello;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Browsers that log in on one node of a cluster and come back to another. */
@Tag("cluster")
class CookieOnTwoNodesTest {
    private static final String ORIGIN = "https://app.example.com";
    private static final String LOGOUT = "wamp.close.logout";
    private static final int BROWSERS = 16;
    private static final List<Integer> PORTS = LocalPorts.free(3);

    @TempDir
    private static Path directory;

    private static RunningNode first;
    private static RunningNode second;

    @BeforeAll
    static void startTwoNodes() throws Exception {
        Files.writeString(directory.resolve("principals.yaml"), """
                principals:
                - {authid: alice, role: user, ticket: secret}
                - {authid: busy, role: user, ticket: secret}
                """);
        first = RouterNode.start(config(0));
        second = RouterNode.start(config(1));
    }

    @AfterAll
    static void stopBoth() {
        second.stop();
        first.stop();
    }

    private static NodeConfig config(int index) {
        return NodeConfigs.of("""
                node: {name: node-%d}
                listeners: [{address: "127.0.0.1:0", origins: ["https://app.example.com"], cookie: {}}]
                authentication: {failures-per-address: 0, cookies-per-principal: %d}
                realms:
                - uri: realm1
                  roles: [{name: user}]
                  auth: {methods: [cookie, ticket], principals: [%s]}
                cluster:
                  enabled: true
                  name: cookie-test-%d
                  key: the key of this cluster
                  discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d", "127.0.0.1:%d"]}
                  hazelcast: {address: "127.0.0.1:%d"}
                  link: {address: "127.0.0.1:0"}
                drain: {spread: 0s}
                """.formatted(
                        index,
                        BROWSERS,
                        directory.resolve("principals.yaml"),
                        PORTS.get(0),
                        PORTS.get(0),
                        PORTS.get(1),
                        PORTS.get(2),
                        PORTS.get(index)));
    }

    private static TestClient connect(Browser browser, RunningNode node) throws IOException {
        String address = node.addresses().get(0).address();
        return browser.connect(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }

    private static Browser known(String authid, RunningNode node) throws IOException {
        Browser browser = new Browser(ORIGIN);
        try (TestClient client = connect(browser, node)) {
            Hello hello = Claimant.hello("realm1", authid, Map.of(), "ticket");
            assertThat(Claimant.login(client, hello, "secret")).isInstanceOf(Welcome.class);
        }
        return browser;
    }

    private static WampMessage resume(Browser browser, RunningNode node) throws IOException {
        try (TestClient client = connect(browser, node)) {
            client.send(Claimant.hello("realm1", null, Map.of(), "cookie"));
            return client.receive();
        }
    }

    private static void isKnown(String authid, Browser browser, RunningNode node) throws IOException {
        WampMessage answer = resume(browser, node);
        assertThat(answer).isInstanceOf(Welcome.class);
        assertThat(((Welcome) answer).details()).containsEntry("authid", authid).containsEntry("authmethod", "cookie");
    }

    @Test
    void whoHasLoggedInOnOneNodeIsKnownOnTheOther() throws IOException {
        Browser browser = known("alice", first);
        isKnown("alice", browser, second);
        isKnown("alice", browser, first);
        isKnown("alice", known("alice", second), first);
    }

    @Test
    void whoLogsOutOnOneNodeIsLoggedOutOnAll() throws IOException {
        Browser browser = known("alice", first);
        try (TestClient here = connect(browser, first);
                TestClient there = connect(browser, second);
                TestClient late = connect(browser, second)) {
            here.send(Claimant.hello("realm1", null, Map.of(), "cookie"));
            here.expect(Welcome.class);
            there.send(Claimant.hello("realm1", null, Map.of(), "cookie"));
            there.expect(Welcome.class);
            here.send(new Goodbye(Map.of(), LOGOUT));
            here.expect(Goodbye.class);
            late.send(Claimant.hello("realm1", null, Map.of(), "cookie"));
            assertThat(late.expect(Abort.class).reason()).isEqualTo("wamp.error.authentication_denied");
            assertThat(there.expect(Goodbye.class).reason()).isEqualTo(LOGOUT);
        }
        for (RunningNode node : List.of(first, second)) {
            Browser replayed = new Browser(ORIGIN).with(browser.cookie());
            assertThat(resume(replayed, node)).isInstanceOf(Abort.class);
            assertThat(replayed.isGivenOne()).isTrue();
        }
    }

    @Test
    void theOthersKnowABrowserWhenTheNodeOfItsLoginIsGone() throws Exception {
        RunningNode third = RouterNode.start(config(2));
        List<Browser> browsers = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                browsers.add(known("alice", third));
            }
        } finally {
            third.stop();
        }
        for (Browser browser : browsers) {
            isKnown("alice", browser, first);
            isKnown("alice", browser, second);
        }
    }

    @Test
    void browsersThatLogInAtOnceOnBothNodesAreAllKnown() throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(BROWSERS);
        try {
            List<Future<Browser>> logins = new ArrayList<>();
            for (int i = 0; i < BROWSERS; i++) {
                RunningNode node = i % 2 == 0 ? first : second;
                logins.add(users.submit(() -> known("busy", node)));
            }
            for (Future<Browser> login : logins) {
                isKnown("busy", login.get(), second);
            }
            Browser oneMore = known("busy", first);
            int forgotten = 0;
            for (Future<Browser> login : logins) {
                connect(login.get(), second).close();
                forgotten += login.get().isGivenOne() ? 1 : 0;
            }
            assertThat(forgotten).isEqualTo(1);
            isKnown("busy", oneMore, second);
        } finally {
            users.shutdownNow();
        }
    }
}
