package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.node.cli.LocalPorts;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import io.netty.buffer.Unpooled;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP bridge of one node, with an HTTP client as anybody has it, and WAMP clients on another node. */
@Tag("cluster")
class HttpBridgeTest {
    private static final Serializer JSON = Serializers.create(SerializerId.JSON, DecodeLimits.DEFAULT);

    private static RunningNode first;
    private static RunningNode second;
    private static SelfSignedCertificate certificate;
    private static HttpClient http;
    private static URI base;

    @BeforeAll
    static void start() throws Exception {
        List<Integer> ports = LocalPorts.free(2);
        certificate = SelfSignedCertificate.create("localhost");
        first = RouterNode.start(config("first", ports, 0));
        second = RouterNode.start(config("second", ports, 1));
        base = URI.create(first.addresses().get(1).urls().get(0));
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        second.stop();
        first.stop();
        certificate.delete();
    }

    private static dev.weft.config.NodeConfig config(String name, List<Integer> ports, int index) {
        return NodeConfigs.of("""
                node: {name: %s}
                listeners:
                  - {address: "127.0.0.1:0"}
                  - type: http
                    address: "127.0.0.1:0"
                    origins: ["https://app.example.com"]
                    trusted-proxies: [127.0.0.1]
                    http-bridge: {call-timeout: 5s, heartbeat-interval: 100ms}
                  - type: http
                    address: "127.0.0.1:0"
                    tls: {certificate: %s, key: %s}
                  - {type: http, address: "127.0.0.1:0"}
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                    meta-api: full
                cluster:
                  enabled: true
                  name: http-bridge-test-%d
                  discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                  hazelcast: {address: "127.0.0.1:%d"}
                  link: {address: "127.0.0.1:0", secret: "sixteen characters and more"}
                limits: {max-message-size: 100KiB, outbound: {hard-bytes: 200KiB}}
                drain: {spread: 200ms}
                """.formatted(
                        name,
                        certificate.certificatePath(),
                        certificate.privateKeyPath(),
                        ports.get(0),
                        ports.get(0),
                        ports.get(1),
                        ports.get(index)));
    }

    private static TestClient join() throws IOException {
        String address = second.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, Framing.RAWSOCKET, SerializerId.MSGPACK, "realm1");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private static HttpRequest.Builder post(String path, String body) {
        return request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Map<?, ?> json(HttpResponse<String> response) throws Exception {
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return parse(response.body());
    }

    private static Map<?, ?> parse(String json) throws Exception {
        byte[] message = ("[70,1,{},[" + json + "]]").getBytes(StandardCharsets.UTF_8);
        return (Map<?, ?>) JSON.args(JSON.decode(Unpooled.wrappedBuffer(message), 0, message.length)
                        .payload())
                .get(0);
    }

    private static TestClient callee(String procedure) throws IOException {
        TestClient callee = join();
        callee.send(new Register(callee.nextRequest(), RegisterOptions.DEFAULT, procedure));
        callee.expect(Registered.class);
        return callee;
    }

    @Test
    void aPublicationByHttpReachesASubscriberOnAnotherNode() throws Exception {
        try (TestClient subscriber = join()) {
            subscriber.send(new Subscribe(subscriber.nextRequest(), SubscribeOptions.DEFAULT, "com.example.news"));
            subscriber.expect(Subscribed.class);
            HttpResponse<String> response = send(post("/publish", """
                    {"realm": "realm1", "topic": "com.example.news",
                     "args": ["ü", 9007199254740993, 1.5, null, "\\u0000AAH/"], "kwargs": {"k": [1]}}"""));
            assertThat(response.statusCode()).isEqualTo(200);
            Event event = subscriber.expect(Event.class);
            assertThat(json(response).get("publication")).isEqualTo(event.publication());
            List<Object> args = subscriber.args(event);
            assertThat(args.subList(0, 3)).containsExactly("ü", 9007199254740993L, 1.5);
            assertThat(args.get(3)).isNull();
            assertThat((byte[]) args.get(4)).containsExactly(0, 1, 255);
            assertThat(subscriber.serializer().kwargs(event.payload())).isEqualTo(Map.of("k", List.of(1L)));
        }
    }

    @Test
    void aPublicationThatIsNotAcknowledgedIsAccepted() throws Exception {
        HttpResponse<String> response = send(post(
                "/publish", "{\"realm\":\"realm1\",\"topic\":\"com.example.a\",\"options\":{\"acknowledge\":false}}"));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aCallByHttpIsAnsweredByACalleeOnAnotherNode() throws Exception {
        try (TestClient callee = callee("com.example.add")) {
            for (int round = 1; round <= 3; round++) {
                CompletableFuture<HttpResponse<String>> call = http.sendAsync(
                        post("/call", """
                                {"realm": "realm1", "procedure": "com.example.add", "args": [%d, 2]}""".formatted(round)).build(), HttpResponse.BodyHandlers.ofString());
                Invocation invocation = callee.expect(Invocation.class);
                assertThat(callee.args(invocation)).containsExactly((long) round, 2L);
                callee.send(new Yield(
                        invocation.request(),
                        YieldOptions.DEFAULT,
                        callee.serializer().payload(List.of(round + 2), Map.of("by", "callee"))));
                HttpResponse<String> response = call.get(10, TimeUnit.SECONDS);
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(json(response))
                        .isEqualTo(parse("{\"args\":[" + (round + 2) + "],\"kwargs\":{\"by\":\"callee\"}}"));
            }
        }
    }

    @Test
    void theErrorOfACalleeIsToldWithItsUri() throws Exception {
        try (TestClient callee = callee("com.example.fail")) {
            CompletableFuture<HttpResponse<String>> call = http.sendAsync(
                    post("/call", "{\"realm\":\"realm1\",\"procedure\":\"com.example.fail\"}")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Invocation invocation = callee.expect(Invocation.class);
            callee.send(new ErrorMessage(
                    MessageType.INVOCATION,
                    invocation.request(),
                    ErrorDetails.DEFAULT,
                    "com.example.error.no",
                    callee.payload("why", 7)));
            HttpResponse<String> response = call.get(10, TimeUnit.SECONDS);
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(json(response))
                    .isEqualTo(parse("{\"error\":\"com.example.error.no\",\"args\":[\"why\",7],\"kwargs\":{}}"));
        }
    }

    @Test
    void aCallThatIsNotAnsweredTimesOutAndItsCalleeIsInterrupted() throws Exception {
        try (TestClient callee = callee("com.example.slow")) {
            HttpResponse<String> response = send(post(
                    "/call",
                    "{\"realm\":\"realm1\",\"procedure\":\"com.example.slow\",\"options\":{\"timeout\":200}}"));
            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(json(response).get("error")).isEqualTo("wamp.error.timeout");
            callee.expect(Invocation.class);
            callee.expect(Interrupt.class);
        }
    }

    @Test
    void theCalleeOfAClientThatGoesAwayIsInterrupted() throws Exception {
        try (TestClient callee = callee("com.example.left")) {
            String body = "{\"realm\":\"realm1\",\"procedure\":\"com.example.left\"}";
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort())) {
                socket.getOutputStream()
                        .write(("POST /call HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
                callee.expect(Invocation.class);
            }
            callee.expect(Interrupt.class);
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/call | {\"realm\":\"realm1\",\"procedure\":\"com.example.none\"} | 404 | wamp.error.no_such_procedure",
                "/call | {\"realm\":\"realm1\",\"procedure\":\"com..example\"} | 400 | wamp.error.invalid_uri",
                "/call | {\"realm\":\"nowhere\",\"procedure\":\"com.example\"} | 404 | wamp.error.no_such_realm",
                "/call | {\"realm\":\"realm1\"} | 400 | wamp.error.invalid_argument",
                "/call | {\"realm\":\"realm1\",\"procedure\":\"a\",\"args\":{}} | 400 | wamp.error.invalid_argument",
                "/call | {\"realm\":\"realm1\",\"procedure\":\"a\",\"arg\":[]} | 400 | wamp.error.invalid_argument",
                "/call | {\"realm\":\"realm1\",\"procedure\":\"a\",\"options\":{\"timeout\":\"x\"}} | 400 | wamp.error.invalid_argument",
                "/call | [1] | 400 | wamp.error.invalid_argument",
                "/call | {} {} | 400 | wamp.error.invalid_argument",
                "/call | {}],{},[{} | 400 | wamp.error.invalid_argument",
                "/publish | {\"realm\":\"realm1\",\"topic\":\"wamp.x\"} | 400 | wamp.error.invalid_uri",
                "/publish | {\"realm\":\"realm1\",\"topic\":\"a\",\"options\":{\"exclude\":1}} | 400 | wamp.error.invalid_argument",
            })
    void whatIsWrongIsToldByStatusAndUri(String path, String body, int status, String error) throws Exception {
        HttpResponse<String> response = send(post(path, body));
        assertThat(json(response).get("error")).isEqualTo(error);
        assertThat(json(response).get("args").toString()).hasSizeGreaterThan(4);
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void requestsThatAreNoneAreRefused() throws Exception {
        assertThat(send(request("/call")).statusCode()).isEqualTo(405);
        assertThat(send(request("/nothing")).statusCode()).isEqualTo(404);
        assertThat(send(request("/call").POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(415);
        assertThat(send(post("/call", " ".repeat(101 * 1024))).statusCode()).isEqualTo(413);
        assertThat(send(post("/call", "{}").header("Authorization", "Digest x")).statusCode())
                .isEqualTo(401);
        assertThat(send(request("/subscribe?realm=realm1")).statusCode()).isEqualTo(400);
        assertThat(send(request("/subscribe?realm=nowhere&topic=a")).statusCode())
                .isEqualTo(404);
        assertThat(send(request("/subscribe?realm=realm1&topic=a..b")).statusCode())
                .isEqualTo(400);
        assertThat(send(request("/subscribe?realm=realm1&topic=a&match=regex")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void whoNamesATicketThatTheRealmDoesNotTakeIsUnauthorized() throws Exception {
        HttpResponse<String> response = send(post("/call", "{\"realm\":\"realm1\",\"procedure\":\"a\"}")
                .header("Authorization", "Basic am9lOnNlY3JldA=="));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(response.body()).doesNotContain("secret");
    }

    @Test
    void onlyPagesOfOriginsThatMayAreAnswered() throws Exception {
        String body = "{\"realm\":\"realm1\",\"topic\":\"com.example.a\"}";
        HttpResponse<String> foreign = send(post("/publish", body).header("Origin", "https://evil.example.com"));
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        HttpResponse<String> own = send(post("/publish", body).header("Origin", "https://app.example.com"));
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example.com");
        HttpResponse<String> preflight = send(request("/publish")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", "POST"));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("authorization, content-type");
    }

    /** A page whose host's name was made to lead to this machine sends no Origin when it asks "its own host" with GET. */
    @ParameterizedTest(name = "{0} asked by a page of {1}: {2}")
    @CsvSource({
        "evil.example.com:8088, , 403",
        "evil.example.com:8088, http://evil.example.com:8088, 403",
        "127.0.0.1:8088, , 404",
        "localhost, , 404",
        "[::1]:8088, , 404",
        "127.0.0.1:8088, http://localhost:3000, 404",
        "localhost.evil.example.com, , 403",
    })
    void aNameThatLeadsToThisMachineIsNotOneOfIt(String host, String origin, int status) throws Exception {
        URI strict = URI.create(first.addresses().get(3).urls().get(0));
        try (Socket socket = new Socket("127.0.0.1", strict.getPort())) {
            socket.setSoTimeout(10_000);
            String page = origin == null ? "" : "Origin: " + origin + "\r\n";
            socket.getOutputStream()
                    .write(("GET /nothing HTTP/1.1\r\nHost: " + host + "\r\n" + page + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void theBridgeSpeaksTls() throws Exception {
        String url = first.addresses().get(2).urls().get(0);
        assertThat(url).startsWith("https://");
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
        HttpClient secure = HttpClient.newBuilder().sslContext(trusting).build();
        HttpRequest call = HttpRequest.newBuilder(URI.create(url.replace("127.0.0.1", "localhost") + "/call"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"realm\":\"realm1\",\"procedure\":\"wamp.session.count\"}"))
                .build();
        HttpResponse<String> response = secure.send(call, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void requestsOnOneConnectionShareASession() throws Exception {
        String list = "{\"realm\":\"realm1\",\"procedure\":\"wamp.session.list\"}";
        // Sessions of other tests are still leaving; would each request make one of its own, no list were as the last.
        await().until(() -> sessions(post("/call", list)).equals(sessions(post("/call", list))));
        List<?> before = sessions(post("/call", list));
        // Through a proxy, another client may follow on the same connection.
        List<?> forwarded = sessions(post("/call", list).header("X-Forwarded-For", "203.0.113.7"));
        assertThat(forwarded).isNotEmpty();
        assertThat(before.containsAll(forwarded)).isFalse();
    }

    private static List<?> sessions(HttpRequest.Builder call) throws Exception {
        return (List<?>) ((List<?>) json(send(call)).get("args")).get(0);
    }

    private static BufferedReader subscribe(String query) throws Exception {
        HttpResponse<InputStream> response = http.send(
                request("/subscribe?realm=realm1&" + query).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).startsWith(": subscription ");
        return lines;
    }

    /** The next line that says something. */
    private static String next(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line.isEmpty() || line.equals(":")) {
            line = lines.readLine();
        }
        return line;
    }

    private static long publish(TestClient publisher, String topic, Object... args) throws IOException {
        publisher.send(new Publish(
                publisher.nextRequest(),
                new PublishOptions(true, true, false, false, null, null),
                topic,
                publisher.payload(args)));
        return publisher.expect(Published.class).publication();
    }

    @Test
    void eventsComeAsAStreamWithTheirPublicationsAsIds() throws Exception {
        try (TestClient publisher = join();
                BufferedReader exact = subscribe("topic=com.example.stream");
                BufferedReader same = subscribe("topic=com.example.stream");
                BufferedReader prefix = subscribe("topic=com.example.&match=prefix")) {
            for (int i = 0; i < 3; i++) {
                long publication = publish(publisher, "com.example.stream", i, "two\nlines");
                for (BufferedReader stream : List.of(exact, same)) {
                    assertThat(next(stream)).isEqualTo("id: " + publication);
                    Map<?, ?> data = parse(next(stream).substring("data: ".length()));
                    assertThat(data).isEqualTo(parse("{\"args\":[" + i + ",\"two\\nlines\"],\"kwargs\":{}}"));
                }
                assertThat(next(prefix)).isEqualTo("id: " + publication);
                assertThat(parse(next(prefix).substring("data: ".length())).get("topic"))
                        .isEqualTo("com.example.stream");
            }
        }
    }

    @Test
    void aStreamWithoutEventsSaysThatItIsThere() throws Exception {
        try (BufferedReader stream = subscribe("topic=com.example.quiet")) {
            assertThat(stream.readLine()).isEmpty();
            for (int beat = 0; beat < 3; beat++) {
                assertThat(stream.readLine()).isEqualTo(":");
                assertThat(stream.readLine()).isEmpty();
            }
        }
    }

    @Test
    void aStreamThatIsNotReadIsClosed() throws Exception {
        try (TestClient publisher = join();
                Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), base.getPort()));
            socket.getOutputStream()
                    .write("GET /subscribe?realm=realm1&topic=com.example.much HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader head =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(head.readLine()).isEqualTo("HTTP/1.1 200 OK");
            String begun = head.readLine();
            while (!begun.startsWith(": subscription ")) {
                begun = head.readLine();
            }
            String call = "{\"realm\":\"realm1\",\"procedure\":\"wamp.subscription.get\",\"args\":[%s]}"
                    .formatted(begun.substring(": subscription ".length()));
            assertThat(send(post("/call", call)).statusCode()).isEqualTo(200);
            // More than may wait, and than the operating system takes.
            for (int i = 0; i < 200; i++) {
                publish(publisher, "com.example.much", "x".repeat(60_000));
            }
            await().until(() -> send(post("/call", call)).statusCode() != 200);
            socket.setSoTimeout(10_000);
            char[] rest = new char[1 << 16];
            try {
                while (head.read(rest) >= 0) {
                    continue;
                }
            } catch (java.net.SocketException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }
        }
    }
}
