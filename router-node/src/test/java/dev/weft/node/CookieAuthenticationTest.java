package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.Browser;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.testkit.WebSocketClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Hello;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers that are known again by their cookies, and those that want to be taken for others. */
class CookieAuthenticationTest {
    private static final String ORIGIN = "https://app.example.com";
    private static final String LOGOUT = "wamp.close.logout";
    private static final String NO_METHOD = "wamp.error.no_matching_auth_method";
    private static final String DENIED = "wamp.error.authentication_denied";

    @TempDir
    private static Path directory;

    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(directory.resolve("principals.yaml"), """
                principals:
                - {authid: alice, role: user, ticket: alice's ticket}
                - {authid: bob, role: user, wampcra: bob's secret}
                - {authid: carol, role: user, ticket: carol's ticket}
                """);
        Files.writeString(directory.resolve("changing.yaml"), changing("user", "first"));
        node = RouterNode.start(NodeConfigs.of("""
                listeners:
                - {address: "127.0.0.1:0", origins: ["https://app.example.com"], cookie: {}}
                - {address: "127.0.0.1:0", origins: ["https://app.example.com"], cookie: {max-age: 1s, max-idle: 1s}}
                - {address: "127.0.0.1:0", origins: ["https://app.example.com"], cookie: {max-idle: 1s}}
                - {address: "127.0.0.1:0"}
                authentication:
                  secret: sixteen characters and more
                  failures-per-address: 0
                  failures-per-principal: 0
                  reload-interval: 100ms
                  cookies-per-principal: 3
                realms:
                - uri: realm1
                  meta-api: full
                  roles: [{name: user, permissions: [{uri: wamp., match: prefix, allow: [call]}]}]
                  auth: {methods: [cookie, ticket, wampcra], principals: [%1$s/principals.yaml]}
                - uri: realm2
                  roles: [{name: user}]
                  auth: {methods: [ticket, cookie], principals: [%1$s/principals.yaml]}
                - uri: forgetful
                  roles: [{name: user}]
                  auth: {methods: [ticket], principals: [%1$s/principals.yaml]}
                - uri: changing
                  roles: [{name: user}]
                  auth: {methods: [cookie, ticket], principals: [%1$s/changing.yaml]}
                """.formatted(directory)));
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    private static String changing(String role, String ticket) {
        return "principals: [{authid: eve, role: " + role + ", ticket: " + ticket + "}]";
    }

    private static int port(int listener) {
        String address = node.addresses().get(listener).address();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static TestClient connect(Browser browser) throws IOException {
        return browser.connect(port(0));
    }

    private static Welcome logIn(TestClient client, String realm, String authid) throws IOException {
        String secret = authid.equals("bob") ? "bob's secret" : authid + "'s ticket";
        WampMessage answer = Claimant.login(client, byHand(realm, authid), secret);
        assertThat(answer).isInstanceOf(Welcome.class);
        return (Welcome) answer;
    }

    private static Hello byHand(String realm, String authid) {
        return Claimant.hello(realm, authid, Map.of(), "ticket", "wampcra");
    }

    private static Hello byCookie(String realm) {
        return Claimant.hello(realm, null, Map.of(), "cookie");
    }

    /** A browser whose user has logged in. */
    private static Browser known(String realm, String authid, int listener) throws IOException {
        Browser browser = new Browser(ORIGIN);
        try (TestClient client = browser.connect(port(listener))) {
            logIn(client, realm, authid);
        }
        return browser;
    }

    private static WampMessage resume(Browser browser, String realm) throws IOException {
        try (TestClient client = connect(browser)) {
            client.send(byCookie(realm));
            return client.receive();
        }
    }

    private static String reason(WampMessage answer) {
        assertThat(answer).isInstanceOf(Abort.class);
        return ((Abort) answer).reason();
    }

    private static boolean isStranger(Browser browser, int listener) throws IOException {
        Browser same = new Browser(ORIGIN).with(browser.cookie());
        same.connect(port(listener)).close();
        return same.isGivenOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "bob"})
    void aBrowserThatHasLoggedInIsKnownAgain(String authid) throws IOException {
        Browser browser = known("realm1", authid, 0);
        for (int i = 0; i < 2; i++) {
            WampMessage answer = resume(browser, "realm1");
            assertThat(answer).isInstanceOf(Welcome.class);
            assertThat(((Welcome) answer).details())
                    .containsEntry("authid", authid)
                    .containsEntry("authrole", "user")
                    .containsEntry("authmethod", "cookie")
                    .containsEntry("authprovider", "static");
            assertThat(browser.isGivenOne()).isFalse();
        }
    }

    @Test
    void theBrowserIsToldToKeepTheCookieFromPagesAndFromOtherSites() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        assertThat(browser.cookie()).matches("__Host-weft=[A-Za-z0-9_-]{43}");
        assertThat(browser.attributes()).isEqualTo("Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict; Secure");
    }

    @Test
    void aForgedCookieIsReplacedAndStandsForNobody() throws IOException {
        known("realm1", "alice", 0);
        Browser browser = new Browser(ORIGIN).with("__Host-weft=" + "A".repeat(43));
        assertThat(reason(resume(browser, "realm1"))).isEqualTo(NO_METHOD);
        assertThat(browser.isGivenOne()).isTrue();
    }

    @Test
    void theDigestByWhichTheRouterKnowsACookieIsNoCookie() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        String value = browser.cookie().substring(browser.cookie().indexOf('=') + 1);
        String digest = dev.weft.transport.CookieOptions.digest(value);
        assertThat(isStranger(new Browser(ORIGIN).with("__Host-weft=" + digest), 0))
                .isTrue();
        assertThat(isStranger(browser, 0)).isFalse();
    }

    @Test
    void aCookieOfOneRealmIsNoneInAnother() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        assertThat(reason(resume(browser, "realm2"))).isEqualTo(NO_METHOD);
        assertThat(reason(resume(browser, "forgetful"))).isEqualTo(NO_METHOD);
        assertThat(resume(browser, "realm1")).isInstanceOf(Welcome.class);
    }

    @Test
    void aRealmWithoutTheMethodRemembersNobody() throws IOException {
        assertThat(isStranger(known("forgetful", "alice", 0), 0)).isTrue();
    }

    @Test
    void aCookieThatTheBrowserHadBeforeTheLoginNeverBecomesOne() throws IOException {
        Browser attacker = new Browser(ORIGIN);
        connect(attacker).close();
        Browser victim = new Browser(ORIGIN).with(attacker.cookie());
        try (TestClient client = connect(victim)) {
            logIn(client, "realm1", "alice");
        }
        assertThat(victim.cookie()).isNotEqualTo(attacker.cookie());
        assertThat(reason(resume(attacker, "realm1"))).isEqualTo(NO_METHOD);
        assertThat(resume(victim, "realm1")).isInstanceOf(Welcome.class);
    }

    @Test
    void aLoginThatFailsIsNotRemembered() throws IOException {
        Browser browser = new Browser(ORIGIN);
        try (TestClient client = connect(browser)) {
            assertThat(reason(Claimant.login(client, byHand("realm1", "alice"), "wrong")))
                    .isEqualTo(DENIED);
        }
        assertThat(isStranger(browser, 0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aCookieThatIsTooOldOrWasNotUsedForTooLongIsWorthNothing(int listener) throws IOException {
        Browser browser = known("realm1", "carol", listener);
        await().atMost(Duration.ofSeconds(10)).until(() -> isStranger(browser, listener));
        assertThat(reason(resume(browser, "realm1"))).isEqualTo(NO_METHOD);
    }

    @Test
    void whoLogsOutEndsTheSessionsOfTheBrowserAndItsCookie() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        Browser other = known("realm1", "alice", 0);
        try (TestClient leaving = connect(browser);
                TestClient staying = connect(browser);
                TestClient waiting = connect(browser);
                TestClient elsewhere = connect(other)) {
            leaving.send(byCookie("realm1"));
            leaving.expect(Welcome.class);
            staying.send(byCookie("realm1"));
            staying.expect(Welcome.class);
            elsewhere.send(byCookie("realm1"));
            elsewhere.expect(Welcome.class);
            leaving.send(new Goodbye(Map.of(), LOGOUT));
            assertThat(leaving.expect(Goodbye.class).reason()).isEqualTo("wamp.close.goodbye_and_out");
            assertThat(staying.expect(Goodbye.class).reason()).isEqualTo(LOGOUT);
            waiting.send(byCookie("realm1"));
            assertThat(reason(waiting.receive())).isEqualTo(DENIED);
            leaving.send(byCookie("realm1"));
            assertThat(reason(leaving.receive())).isEqualTo(DENIED);
            elsewhere.leave();
        }
        assertThat(isStranger(browser, 0)).isTrue();
        assertThat(isStranger(other, 0)).isFalse();
    }

    @Test
    void aCookieThatWasLoggedOutIsNotBoundAgainByAnotherLogin() throws IOException {
        Browser browser = new Browser(ORIGIN);
        try (TestClient client = connect(browser)) {
            logIn(client, "realm1", "alice");
            client.send(new Goodbye(Map.of(), LOGOUT));
            client.expect(Goodbye.class);
            logIn(client, "realm1", "alice");
        }
        assertThat(isStranger(browser, 0)).isTrue();
    }

    @Test
    void whoOnlyLeavesIsStillKnown() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        try (TestClient client = connect(browser)) {
            client.send(byCookie("realm1"));
            client.expect(Welcome.class);
            client.leave();
        }
        assertThat(isStranger(browser, 0)).isFalse();
    }

    @Test
    void aSessionThatIsKilledAsLoggedOutIsLoggedOut() throws IOException {
        Browser browser = known("realm1", "bob", 0);
        try (TestClient client = connect(browser);
                TestClient second = connect(browser);
                TestClient killer = connect(known("realm1", "alice", 0))) {
            client.send(byCookie("realm1"));
            long session = client.expect(Welcome.class).session();
            second.send(byCookie("realm1"));
            second.expect(Welcome.class);
            killer.send(byCookie("realm1"));
            killer.expect(Welcome.class);
            killer.send(new Call(
                    1,
                    CallOptions.DEFAULT,
                    "wamp.session.kill",
                    killer.serializer().payload(List.of(session), Map.of("reason", LOGOUT))));
            assertThat(client.expect(Goodbye.class).reason()).isEqualTo(LOGOUT);
            assertThat(second.expect(Goodbye.class).reason()).isEqualTo(LOGOUT);
        }
        assertThat(isStranger(browser, 0)).isTrue();
    }

    @Test
    void pagesOfOtherOriginsAreRefusedAndGetNoCookie() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        Browser foreign = new Browser("https://app.example.com.evil.example").with(browser.cookie());
        assertThatThrownBy(() -> connect(foreign)).hasMessageContaining("403 ").hasMessageNotContaining("Set-Cookie");
    }

    @Test
    void whoSendsNoOriginIsNoBrowserAndItsCookieIsNotLookedAt() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        try (WebSocketClient socket = WebSocketClient.connect(port(0))) {
            String response = socket.request(WebSocketClient.upgrade(
                    "/ws", SerializerId.JSON.subprotocol(), "Cookie: " + browser.cookie() + "\r\n"));
            assertThat(response).startsWith("HTTP/1.1 101 ").doesNotContain("Set-Cookie");
            TestClient client = TestClient.over(socket, SerializerId.JSON);
            client.send(byCookie("realm1"));
            assertThat(reason(client.receive())).isEqualTo(NO_METHOD);
        }
    }

    @Test
    void ofTwoCookiesOfTheNameNeitherIsBelieved() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        Browser tossed = new Browser(ORIGIN).with(browser.cookie() + "; __Host-weft=" + "B".repeat(43));
        assertThat(reason(resume(tossed, "realm1"))).isEqualTo(NO_METHOD);
        assertThat(tossed.isGivenOne()).isTrue();
    }

    @Test
    void framesThatComeBeforeTheAnswerAreNotTakenForThoseOfTheBrowser() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(browser.request().getBytes(StandardCharsets.ISO_8859_1));
        both.write(WebSocketClient.frame(WebSocketClient.FIN | WebSocketClient.TEXT, new byte[] {'['}, 7));
        try (WebSocketClient socket = WebSocketClient.connect(port(0))) {
            assertThat(socket.request(both.toString(StandardCharsets.ISO_8859_1)))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aListenerWithoutCookiesNeitherSetsNorLooksAtThem() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        Browser same = new Browser("http://localhost").with(browser.cookie());
        try (TestClient client = same.connect(port(3))) {
            client.send(byCookie("realm1"));
            assertThat(reason(client.receive())).isEqualTo(NO_METHOD);
        }
        assertThat(same.isGivenOne()).isFalse();
        try (TestClient client = TestClient.connect(port(0), Framing.RAWSOCKET, SerializerId.JSON)) {
            client.send(byCookie("realm1"));
            assertThat(reason(client.receive())).isEqualTo(NO_METHOD);
        }
    }

    @Test
    void whoNamesAnotherIsNotTakenForTheUserOfTheCookie() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        try (TestClient client = connect(browser)) {
            client.send(Claimant.hello("realm1", "carol", Map.of(), "cookie", "ticket"));
            assertThat(client.expect(Challenge.class).authmethod()).isEqualTo("ticket");
        }
    }

    @Test
    void theRealmDecidesWhetherTheCookieComesFirst() throws IOException {
        Browser browser = known("realm2", "alice", 0);
        try (TestClient client = connect(browser)) {
            client.send(Claimant.hello("realm2", "alice", Map.of(), "cookie", "ticket"));
            assertThat(client.expect(Challenge.class).authmethod()).isEqualTo("ticket");
        }
        assertThat(resume(browser, "realm2")).isInstanceOf(Welcome.class);
    }

    @Test
    void whoNamesNoMethodIsNotLetInByCookie() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        try (TestClient client = connect(browser)) {
            client.send(Claimant.hello("realm1", null, Map.of()));
            assertThat(reason(client.receive())).isEqualTo("wamp.error.authentication_required");
        }
    }

    @Test
    void whenAnotherUserLogsInTheBrowserIsNotTakenForTheFirstAnyMore() throws IOException {
        Browser browser = known("realm1", "alice", 0);
        try (TestClient client = connect(browser)) {
            logIn(client, "realm1", "bob");
        }
        assertThat(isStranger(browser, 0)).isTrue();
    }

    @Test
    void ofMoreBrowsersThanAPrincipalMayHaveTheOldestIsForgotten() throws IOException {
        Browser first = known("realm2", "carol", 0);
        Browser second = known("realm2", "carol", 0);
        known("realm2", "carol", 0);
        assertThat(isStranger(first, 0)).isFalse();
        known("realm2", "carol", 0);
        assertThat(isStranger(first, 0)).isTrue();
        assertThat(isStranger(second, 0)).isFalse();
    }

    @Test
    void aRealmWithTheMethodNeedsAListenerThatSetsCookies() {
        assertThat(NodeConfigs.report("realms: [{uri: r, roles: [{name: user}], auth: {methods: [cookie, ticket],"
                                + " principals: [" + directory.resolve("principals.yaml") + "]}}]")
                        .problems()
                        .toString())
                .contains("listeners: a realm has the method cookie, and no listener gives browsers one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "principals: [{authid: other, role: user, ticket: first}]",
                "principals: [{authid: eve, role: admin, ticket: first}]",
                "principals: [{authid: eve, role: user, ticket: second}]",
                "principals: [{authid: eve, role: user, ticket: first, enabled: false}]"
            })
    void aPrincipalThatIsGoneOrChangedIsNotKnownAnyMore(String changed) throws IOException {
        Files.writeString(directory.resolve("changing.yaml"), changing("user", "first"));
        Browser browser = new Browser(ORIGIN);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            try (TestClient client = connect(browser)) {
                // By the role: what the test before this one wrote may be in force still, with the same ticket.
                assertThat(Claimant.login(client, byHand("changing", "eve"), "first"))
                        .isInstanceOfSatisfying(
                                Welcome.class,
                                welcome -> assertThat(welcome.details()).containsEntry("authrole", "user"));
            }
        });
        try (TestClient waiting = connect(browser)) {
            assertThat(browser.isGivenOne()).isFalse();
            Files.writeString(directory.resolve("changing.yaml"), changed);
            await().atMost(Duration.ofSeconds(10)).until(() -> isStranger(browser, 0));
            waiting.send(byCookie("changing"));
            assertThat(reason(waiting.receive())).isEqualTo(DENIED);
        }
        assertThat(reason(resume(browser, "changing"))).isEqualTo(NO_METHOD);
    }
}
