package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.LongPollClient;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.Event;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Welcome;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The long-poll transport of one node, with an HTTP client as anybody has it. */
class LongPollTest {
    private static final byte[] EMPTY = {};
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);

    @TempDir
    private static Path directory;

    private static RunningNode node;
    private static SelfSignedCertificate certificate;
    private static HttpClient http;
    private static URI base;
    private static URI literal;

    /** Where little time is given, for tests of what happens when it is over. */
    private static URI quick;

    @BeforeAll
    static void start() throws Exception {
        Path principals = directory.resolve("principals.yaml");
        Files.writeString(principals, "principals: [{authid: joe, role: user, ticket: let-me-in}]");
        certificate = SelfSignedCertificate.create("localhost");
        node = RouterNode.start(
                NodeConfigs.of("""
                listeners:
                  - {address: "127.0.0.1:0"}
                  - type: http
                    address: "127.0.0.1:0"
                    origins: ["https://app.example.com"]
                    trusted-proxies: [127.0.0.1]
                    longpoll: {path: /lp, receive-timeout: 15s, idle-timeout: 60s}
                  - type: http
                    address: "127.0.0.1:0"
                    tls: {certificate: %s, key: %s}
                    serializers: [json]
                    max-connections: 2
                    longpoll: {path: /deep/lp, success-status: 202}
                  - type: http
                    address: "127.0.0.1:0"
                    longpoll: {path: /lp, receive-timeout: 300ms, idle-timeout: 4s}
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                    meta-api: full
                  - uri: guarded
                    auth: {methods: [ticket], principals: [%s]}
                    roles: [{name: user, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                limits: {max-message-size: 100KiB, outbound: {hard-bytes: 200KiB}}
                drain: {spread: 0s}
                """.formatted(certificate.certificatePath(), certificate.privateKeyPath(), principals)));
        base = URI.create(node.addresses().get(1).urls().get(0) + "/lp");
        literal = URI.create(node.addresses().get(2).urls().get(0).replace("127.0.0.1", "localhost") + "/deep/lp");
        quick = URI.create(node.addresses().get(3).urls().get(0) + "/lp");
        http = LongPollClient.http();
    }

    @AfterAll
    static void stop() {
        node.stop();
        certificate.delete();
    }

    private static TestClient other() throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, Framing.RAWSOCKET, SerializerId.MSGPACK, "realm1");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static long subscribe(LongPollClient client, String topic) throws Exception {
        return subscribe(client, base, topic);
    }

    private static long subscribe(LongPollClient client, URI there, String topic) throws Exception {
        client.send(there, new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, topic));
        return client.expect(there, Subscribed.class).subscription();
    }

    private static void publish(TestClient publisher, String topic, Object... args) throws IOException {
        publisher.send(new Publish(publisher.nextRequest(), ACKNOWLEDGED, topic, publisher.payload(args)));
        publisher.expect(Published.class);
    }

    /** The event loops of the subscribers answer, and what was published comes to them before they are asked. */
    private static void awaitDelivery(TestClient publisher, long subscription) throws IOException {
        publisher.send(new Call(
                publisher.nextRequest(),
                CallOptions.DEFAULT,
                "wamp.subscription.count_subscribers",
                publisher.payload(subscription)));
        publisher.expect(Result.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wamp.2.json",
                "wamp.2.msgpack",
                "wamp.2.cbor",
                "wamp.2.ubjson",
                "wamp.2.json.batched",
                "wamp.2.msgpack.batched",
                "wamp.2.cbor.batched"
            })
    void everySerializerIsSpokenByOneMessageOrByBatches(String protocol) throws Exception {
        LongPollClient client = LongPollClient.join(base, protocol, "realm1");
        try (TestClient publisher = other()) {
            long subscription = subscribe(client, "com.example." + protocol);
            for (int i = 0; i < 5; i++) {
                publish(publisher, "com.example." + protocol, i, new byte[] {0, -1}, "ü");
            }
            awaitDelivery(publisher, subscription);
            HttpResponse<byte[]> response = client.post(base, "receive", EMPTY);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(client.messages(response.body())).hasSize(protocol.endsWith(".batched") ? 5 : 1);
            int next = 0;
            for (var message : client.messages(response.body())) {
                List<Object> args = client.args(message);
                assertThat(args.get(0)).isEqualTo((long) next++);
                assertThat((byte[]) args.get(1)).containsExactly(0, -1);
                assertThat(args.get(2)).isEqualTo("ü");
            }
            for (; next < 5; next++) {
                assertThat(client.args(client.expect(base, Event.class))).startsWith((long) next);
            }
        }
        assertThat(client.post(base, "close", EMPTY).statusCode()).isEqualTo(204);
    }

    @Test
    void theBytesAreThoseOfTheSpecification() throws Exception {
        LongPollClient plain = LongPollClient.open(http, base, "wamp.2.json");
        byte[] hello = ascii("[1,\"realm1\",{\"roles\":{\"caller\":{}}}]");
        assertThat(plain.post(base, "send?x=1", hello).statusCode()).isEqualTo(204);
        HttpResponse<byte[]> welcome = plain.post(base, "receive?x=2", EMPTY);
        assertThat(welcome.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(text(welcome)).matches("\\[2,[0-9]+,\\{.*}]");
        assertThat(plain.post(base, "send", ascii("[48,1,{},\"wamp.session.count\"]"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(text(plain.post(base, "receive", EMPTY))).matches("\\[50,1,\\{},\\[[0-9]+]]");
        LongPollClient batched = LongPollClient.open(http, base, "wamp.2.json.batched");
        byte[] both = ascii("[1,\"realm1\",{\"roles\":{\"caller\":{}}}]\u001e[48,1,{},\"com.example.none\"]\u001e");
        assertThat(batched.post(base, "send", both).statusCode()).isEqualTo(204);
        StringBuilder answers = new StringBuilder();
        while (answers.indexOf("no_such_procedure") < 0) {
            answers.append(text(batched.post(base, "receive", EMPTY)));
        }
        assertThat(answers.toString()).matches("\\[2,.*]\u001e\\[8,48,1,.*\"wamp.error.no_such_procedure\".*]\u001e");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/open | {\"protocols\":[\"wamp.2.other\"]} | 400 | spoken are wamp.2.msgpack.batched, wamp.2.msgpack, wamp.2.cbor.batched",
                "/open | {\"protocols\":[]} | 400 | none of these",
                "/open | {\"protocols\":\"wamp.2.json\"} | 400 | list of protocols",
                "/open | {} | 400 | list of protocols",
                "/open | [1] | 400 | no dict in JSON",
                "/open | x | 400 | no dict in JSON",
                "/opened | {} | 404 | there is no /lp/opened",
                "/short/receive | x | 404 | no name of a transport",
                "/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/receive | x | 404 | no such transport",
                "/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!/receive | x | 404 | no name of a transport",
                "/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/send | x | 404 | no such transport",
                "/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/close | x | 404 | no such transport",
                "/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/other | x | 404 | there is no",
            })
    void whatIsWrongIsToldByStatusAndInWords(String path, String body, int status, String words) throws Exception {
        HttpResponse<byte[]> response = LongPollClient.send(http, LongPollClient.request(base, path, ascii(body)));
        assertThat(text(response)).contains(words);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{longpoll: {path: /lp}} | listeners[0].longpoll: not for a listener of this type (write type: http",
                "{type: http, serializers: [json]} | (an http listener has serializers for longpoll only)",
                "{type: http, longpoll: {path: lp/}} | listeners[0].longpoll.path",
                "{type: http, longpoll: {success-status: 200}} | listeners[0].longpoll.success-status",
            })
    void aListenerThatCannotHaveItIsReported(String listener, String problem) {
        assertThat(NodeConfigs.report("listeners: [" + listener + "]")
                        .problems()
                        .toString())
                .contains(problem);
    }

    @Test
    void onlyPostIsTaken() throws Exception {
        HttpResponse<byte[]> response = LongPollClient.send(http, HttpRequest.newBuilder(URI.create(base + "/open")));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void aSecretThatIsAlmostRightOpensNothing() throws Exception {
        LongPollClient client = LongPollClient.join(base, "wamp.2.json", "realm1");
        String name = client.transport();
        for (int at = 0; at < name.length(); at++) {
            char other = name.charAt(at) == 'A' ? 'E' : 'A';
            String forged = name.substring(0, at) + other + name.substring(at + 1);
            HttpResponse<byte[]> response =
                    LongPollClient.send(http, LongPollClient.request(base, "/" + forged + "/close", EMPTY));
            assertThat(response.statusCode()).as(forged).isEqualTo(404);
        }
        assertThat(client.post(base, "close", EMPTY).statusCode()).isEqualTo(204);
    }

    @Test
    void whatIsNoMessageIsRefusedAndEndsTheSession() throws Exception {
        LongPollClient client = LongPollClient.join(base, "wamp.2.json", "realm1");
        HttpResponse<byte[]> refused = client.post(base, "send", ascii("[1,"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(client.expect(base, Abort.class).reason()).isEqualTo("wamp.error.protocol_violation");
        HttpResponse<byte[]> closed = client.post(base, "receive", EMPTY);
        assertThat(closed.statusCode()).isEqualTo(410);
        assertThat(text(closed)).contains("protocol-violation");
        assertThat(client.post(base, "send", ascii("[1]")).statusCode()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1,\"realm1\",{}]", "\u001e"})
    void batchesThatAreNoneAreRefused(String batch) throws Exception {
        LongPollClient client = LongPollClient.join(base, "wamp.2.json.batched", "realm1");
        assertThat(client.post(base, "send", ascii(batch)).statusCode()).isEqualTo(400);
        await().untilAsserted(() ->
                assertThat(client.post(base, "send", EMPTY).statusCode()).isEqualTo(410));
    }

    @Test
    void aMessageThatIsTooLongIsNotReadAndTheTransportStays() throws Exception {
        LongPollClient client = LongPollClient.join(base, "wamp.2.json", "realm1");
        assertThat(client.post(base, "send", new byte[101 * 1024]).statusCode()).isEqualTo(413);
        subscribe(client, "com.example.still");
    }

    @Test
    void aReceiveWithoutMessagesIsAnsweredEmptyInTime() throws Exception {
        LongPollClient client = LongPollClient.join(quick, "wamp.2.json", "realm1");
        for (int i = 0; i < 3; i++) {
            long before = System.nanoTime();
            HttpResponse<byte[]> nothing = client.post(quick, "receive", EMPTY);
            assertThat(nothing.statusCode()).isEqualTo(204);
            assertThat(nothing.body()).isEmpty();
            assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(290));
        }
    }

    @Test
    void aReceiveTakesThePlaceOfAnEarlierOne() throws Exception {
        LongPollClient client = LongPollClient.join(base, "wamp.2.json", "realm1");
        try (TestClient publisher = other()) {
            subscribe(client, "com.example.both");
            CompletableFuture<HttpResponse<byte[]>> one = client.poll(base);
            CompletableFuture<HttpResponse<byte[]>> two = client.poll(base);
            CompletableFuture.anyOf(one, two).get(10, TimeUnit.SECONDS);
            publish(publisher, "com.example.both");
            List<Integer> statuses = List.of(one.get().statusCode(), two.get().statusCode());
            assertThat(statuses).containsExactlyInAnyOrder(409, 200);
        }
    }

    @Test
    void aTransportThatNobodyPollsIsClosedAndItsSessionLeaves() throws Exception {
        try (TestClient watcher = other()) {
            watcher.send(new Subscribe(watcher.nextRequest(), SubscribeOptions.DEFAULT, "wamp.session.on_leave"));
            watcher.expect(Subscribed.class);
            LongPollClient client = LongPollClient.join(quick, "wamp.2.json", "realm1");
            long left = 0;
            while (left != client.session()) {
                left = (Long) watcher.args(watcher.expect(Event.class)).get(0);
            }
            HttpResponse<byte[]> closed = client.post(quick, "receive", EMPTY);
            assertThat(closed.statusCode()).isEqualTo(410);
            assertThat(text(closed)).contains("poll-timeout");
        }
    }

    @Test
    void aClientThatPollsTooSlowlyIsClosed() throws Exception {
        LongPollClient client = LongPollClient.join(base, "wamp.2.msgpack", "realm1");
        try (TestClient publisher = other()) {
            subscribe(client, "com.example.much");
            for (int i = 0; i < 5; i++) {
                publish(publisher, "com.example.much", "x".repeat(60_000));
            }
            HttpResponse<byte[]> closed = client.post(base, "receive", EMPTY);
            assertThat(closed.statusCode()).isEqualTo(410);
            assertThat(text(closed)).contains("slow-consumer");
        }
    }

    @Test
    void closingAnswersTheReceiveThatWaitsAndMayBeDoneTwice() throws Exception {
        LongPollClient client = LongPollClient.join(base, "wamp.2.cbor", "realm1");
        CompletableFuture<HttpResponse<byte[]>> poll = client.poll(base);
        for (int i = 0; i < 2; i++) {
            HttpResponse<byte[]> closed = client.post(base, "close", EMPTY);
            assertThat(closed.statusCode()).isEqualTo(204);
            assertThat(closed.body()).isEmpty();
        }
        assertThat(poll.get(10, TimeUnit.SECONDS).statusCode()).isIn(204, 410);
        assertThat(text(client.post(base, "receive", EMPTY))).contains("transport-closed");
    }

    @Test
    void aClientProvesWhoItIsByTicketAndIsSeenAsTheProxySays() throws Exception {
        LongPollClient client = LongPollClient.open(http, base, "wamp.2.json");
        Map<String, Object> details =
                Map.of("roles", Map.of("caller", Map.of()), "authmethods", List.of("ticket"), "authid", "joe");
        client.send(base, new Hello("guarded", details));
        assertThat(client.expect(base, Challenge.class).authmethod()).isEqualTo("ticket");
        client.send(base, new Authenticate("let-me-in", Map.of()));
        assertThat(client.expect(base, Welcome.class).details()).containsEntry("authid", "joe");
        LongPollClient stranger = LongPollClient.open(http, base, "wamp.2.json");
        stranger.send(base, new Hello("guarded", details));
        stranger.expect(base, Challenge.class);
        stranger.send(base, new Authenticate("wrong", Map.of()));
        assertThat(stranger.expect(base, Abort.class).reason()).isEqualTo("wamp.error.authentication_denied");
        // Only on this machine may a ticket be sent without TLS, and the proxy says that it comes from elsewhere.
        LongPollClient remote = LongPollClient.open(
                http,
                LongPollClient.request(base, "/open", LongPollClient.offer("wamp.2.json"))
                        .header("X-Forwarded-For", "203.0.113.7"));
        remote.send(base, new Hello("guarded", details));
        assertThat(remote.expect(base, Abort.class).reason()).isEqualTo("wamp.error.no_matching_auth_method");
    }

    @Test
    void theSessionIsToldApartByItsTransport() throws Exception {
        LongPollClient client = LongPollClient.join(base, "wamp.2.json", "realm1");
        client.send(
                base,
                new Call(
                        client.nextRequest(),
                        CallOptions.DEFAULT,
                        "wamp.session.get",
                        client.payload(client.session())));
        assertThat(client.args(client.expect(base, Result.class)).toString()).contains("longpoll");
    }

    @Test
    void onlyPagesOfOriginsThatMayAreAnsweredAndBrowsersMaySendCookies() throws Exception {
        byte[] offer = LongPollClient.offer("wamp.2.json");
        HttpResponse<byte[]> foreign = LongPollClient.send(
                http, LongPollClient.request(base, "/open", offer).header("Origin", "https://evil.example.com"));
        assertThat(foreign.statusCode()).isEqualTo(403);
        HttpResponse<byte[]> own = LongPollClient.send(
                http, LongPollClient.request(base, "/open", offer).header("Origin", "https://app.example.com"));
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example.com");
        assertThat(own.headers().firstValue("Access-Control-Allow-Credentials")).contains("true");
    }

    @Test
    void theWordOfTheSpecificationForSuccessMayBeAskedForAndTlsIsSpokenAndTransportsAreCounted() throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        try (InputStream pem = Files.newInputStream(Path.of(certificate.certificatePath()))) {
            known.setCertificateEntry(
                    "own", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        trusting.init(null, trust.getTrustManagers(), null);
        HttpClient secure = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting)
                .build();
        LongPollClient client = LongPollClient.open(secure, literal, "wamp.2.json");
        byte[] hello = ascii("[1,\"realm1\",{\"roles\":{\"caller\":{}}}]");
        assertThat(client.post(literal, "send", hello).statusCode()).isEqualTo(202);
        client.expect(literal, Welcome.class);
        LongPollClient.open(secure, literal, "wamp.2.json");
        HttpResponse<byte[]> full = LongPollClient.send(
                secure, LongPollClient.request(literal, "/open", LongPollClient.offer("wamp.2.json")));
        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(client.post(literal, "close", EMPTY).statusCode()).isEqualTo(202);
        LongPollClient.open(secure, literal, "wamp.2.json");
    }

    @Test
    void aNodeThatStopsSaysGoodbyeOverLongPollAndWaitsForTheAnswer() throws Exception {
        RunningNode leaving = RouterNode.start(NodeConfigs.of("""
                listeners: [{type: http, address: "127.0.0.1:0", longpoll: {}}]
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                drain: {goodbye: true, spread: 0s}
                """));
        URI there = URI.create(leaving.addresses().get(0).urls().get(0) + "/lp");
        LongPollClient client = LongPollClient.join(there, "wamp.2.json", "realm1");
        Thread stopping = new Thread(leaving::stop);
        stopping.start();
        assertThat(client.expect(there, Goodbye.class).reason()).isEqualTo("wamp.close.system_shutdown");
        assertThat(stopping.isAlive()).isTrue();
        HttpResponse<byte[]> refused =
                LongPollClient.send(http, LongPollClient.request(there, "/open", LongPollClient.offer("wamp.2.json")));
        assertThat(refused.statusCode()).isEqualTo(503);
        client.send(there, new Goodbye(Map.of(), "wamp.close.goodbye_and_out"));
        stopping.join(20_000);
        assertThat(stopping.isAlive()).isFalse();
    }
}
