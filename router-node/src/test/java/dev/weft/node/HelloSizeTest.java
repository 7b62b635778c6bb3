package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.LongPollClient;
import dev.weft.testkit.RawSocketClient;
import dev.weft.testkit.TestClient;
import dev.weft.testkit.WebSocketClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long messages may be before WELCOME, on each transport. */
class HelloSizeTest {
    private static final int LIMIT = 16 << 10;
    private static final String WORDS = "a message of more than 16384 bytes before WELCOME (limits.max-hello-size)";
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);

    @TempDir
    private static Path directory;

    private static RunningNode node;
    private static int port;
    private static URI polled;

    @BeforeAll
    static void start() throws Exception {
        Path principals = directory.resolve("principals.yaml");
        Files.writeString(principals, "principals: [{authid: joe, role: user, ticket: let-me-in}]");
        node = RouterNode.start(NodeConfigs.of("""
                listeners:
                  - {name: sockets, address: "127.0.0.1:0", compression: true}
                  - type: http
                    address: "127.0.0.1:0"
                    longpoll: {path: /lp, receive-timeout: 300ms}
                admin: {address: "127.0.0.1:0"}
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [publish]}]}]
                  - uri: guarded
                    auth: {methods: [ticket], principals: [%s]}
                    roles: [{name: user}]
                drain: {spread: 0s}
                """.formatted(principals)));
        String address = node.addresses().get(0).address();
        port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        polled = URI.create(node.addresses().get(1).urls().get(0) + "/lp");
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    private static Hello hello(String padding) {
        Map<String, Object> roles = Map.of("publisher", Map.of());
        return new Hello("realm1", Map.of("roles", roles, "authextra", Map.of("pad", padding)));
    }

    /** A HELLO of so many bytes. */
    private static Hello hello(SerializerId serializer, int size) {
        int padding = size;
        while (bytes(serializer, hello("x".repeat(padding))).length > size) {
            padding--;
        }
        Hello padded = hello("x".repeat(padding));
        assertThat(bytes(serializer, padded)).hasSize(size);
        return padded;
    }

    private static byte[] bytes(SerializerId id, WampMessage message) {
        Serializer serializer = Serializers.create(id, DecodeLimits.DEFAULT);
        ByteBuf out = Unpooled.buffer();
        serializer.encode(message, out);
        return ByteBufUtil.getBytes(out);
    }

    /** A connection that was refused is counted when its client's end has come, perhaps in the next test. */
    @BeforeEach
    void awaitThatTheConnectionsBeforeAreCounted() {
        await().until(() -> metric("weft_listener_connections{listener=\"sockets\"}") == 0);
    }

    private static long closedAsTooLarge() throws Exception {
        return metric("weft_connections_closed_total{reason=\"message-too-large\"}");
    }

    private static long metric(String series) throws Exception {
        URI metrics = URI.create("http://" + node.adminAddress().orElseThrow() + "/metrics");
        HttpResponse<String> response = LongPollClient.http()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString());
        return (long) new MetricsText(response.body()).value(series);
    }

    private static void assertTooLarge(WampMessage message) {
        assertThat(message).isInstanceOf(Abort.class);
        assertThat(((Abort) message).reason()).isEqualTo("wamp.error.payload_size_exceeded");
        assertThat(((Abort) message).details()).containsEntry("message", WORDS);
    }

    private static void assertLongPublicationPasses(TestClient client) throws Exception {
        client.send(new Publish(client.nextRequest(), ACKNOWLEDGED, "com.x", client.payload("x".repeat(500_000))));
        client.expect(Published.class);
    }

    @ParameterizedTest
    @CsvSource({
        "RAWSOCKET, JSON",
        "RAWSOCKET, CBOR",
        "WEBSOCKET, JSON",
        "WEBSOCKET, MSGPACK",
        "WEBSOCKET_BATCH, JSON",
        "WEBSOCKET_BATCH, CBOR",
    })
    void aHelloOfTheLimitPassesAndOneByteMoreDoesNot(Framing framing, SerializerId serializer) throws Exception {
        long closed = closedAsTooLarge();
        try (TestClient client = TestClient.connect(port, framing, serializer)) {
            client.send(hello(serializer, LIMIT));
            client.expect(Welcome.class);
            assertLongPublicationPasses(client);
        }
        try (TestClient client = TestClient.connect(port, framing, serializer)) {
            client.send(hello(serializer, LIMIT + 1));
            assertTooLarge(client.receive());
        }
        await().until(() -> closedAsTooLarge() == closed + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.msgpack.batched", "wamp.2.json.batched"})
    void soIsItByLongPoll(String protocol) throws Exception {
        SerializerId serializer = SerializerId.ofSubprotocol(protocol.replace(".batched", ""));
        long closed = closedAsTooLarge();
        LongPollClient client = LongPollClient.open(LongPollClient.http(), polled, protocol);
        client.send(polled, hello(serializer, LIMIT));
        client.expect(polled, Welcome.class);
        client.send(
                polled, new Publish(client.nextRequest(), ACKNOWLEDGED, "com.x", client.payload("x".repeat(500_000))));
        client.expect(polled, Published.class);

        LongPollClient refused = LongPollClient.open(LongPollClient.http(), polled, protocol);
        HttpResponse<byte[]> answer = refused.post(polled, "send", refused.bytes(hello(serializer, LIMIT + 1)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(WORDS);
        assertTooLarge(refused.expect(polled, Abort.class));
        assertThat(refused.post(polled, "send", refused.bytes(hello("x"))).statusCode())
                .isIn(404, 410);
        await().until(() -> closedAsTooLarge() == closed + 1);
    }

    /** The header tells the length, and nothing of the message is waited for. */
    @Test
    void aFrameThatIsTooLongIsRefusedAtItsHeader() throws Exception {
        try (RawSocketClient client = RawSocketClient.connect(port)) {
            assertThat(client.handshake(15, SerializerId.JSON.rawSocketId())).isEqualTo(0x7FB10000);
            client.sendBytes((byte) 0, (byte) 0, (byte) 0x40, (byte) 1);
            assertThat(new String(client.receive(), StandardCharsets.UTF_8))
                    .startsWith("[3,")
                    .contains(WORDS);
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void fragmentsCountTogether() throws Exception {
        byte[] hello = bytes(SerializerId.JSON, hello(SerializerId.JSON, LIMIT + 1));
        try (WebSocketClient client = WebSocketClient.open(port, "wamp.2.json")) {
            client.send(WebSocketClient.TEXT, Arrays.copyOf(hello, 10_000));
            client.send(
                    WebSocketClient.FIN | WebSocketClient.CONTINUATION,
                    Arrays.copyOfRange(hello, 10_000, hello.length));
            assertThat(new String(client.receive().payload(), StandardCharsets.UTF_8))
                    .startsWith("[3,")
                    .contains(WORDS);
            assertThat(client.receive().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void whatIsCompressedCountsAsItInflates() throws Exception {
        byte[] hello = bytes(SerializerId.JSON, hello(SerializerId.JSON, LIMIT + 1));
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        Deflater raw = new Deflater(9, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, raw, true)) {
            out.write(hello);
        }
        raw.end();
        assertThat(deflated.size()).isLessThan(1000);
        try (WebSocketClient client = WebSocketClient.connect(port)) {
            client.request(
                    WebSocketClient.upgrade("/ws", "wamp.2.json", "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
            client.send(WebSocketClient.FIN | WebSocketClient.RSV1 | WebSocketClient.TEXT, deflated.toByteArray());
            assertThat(client.receive().opcode()).isEqualTo(WebSocketClient.TEXT);
            assertThat(client.receive().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void theAnswerToAChallengeIsStillBeforeWelcome() throws Exception {
        Map<String, Object> details =
                Map.of("roles", Map.of("caller", Map.of()), "authmethods", List.of("ticket"), "authid", "joe");
        try (TestClient client = TestClient.connect(port, Framing.RAWSOCKET, SerializerId.JSON)) {
            client.send(new Hello("guarded", details));
            client.expect(Challenge.class);
            client.send(new Authenticate("let-me-in", Map.of("pad", "x".repeat(LIMIT))));
            assertTooLarge(client.receive());
        }
    }

    @Test
    void afterGoodbyeTheLimitIsThereAgain() throws Exception {
        try (TestClient client = TestClient.join(port, Framing.RAWSOCKET, SerializerId.JSON, "realm1")) {
            assertLongPublicationPasses(client);
            client.leave();
            client.send(hello(SerializerId.JSON, LIMIT + 1));
            assertTooLarge(client.receive());
        }
    }

    @Test
    void anOfferOfProtocolsIsNoLongerThanAHello() throws Exception {
        byte[] offer = ("{\"protocols\": [\"" + "x".repeat(LIMIT) + "\"]}").getBytes(StandardCharsets.US_ASCII);
        assertThat(LongPollClient.send(LongPollClient.http(), LongPollClient.request(polled, "/open", offer))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void theLimitIsNotMoreThanThatOfAllMessages() {
        assertThat(NodeConfigs.report("limits: {max-message-size: 8KiB, max-hello-size: 16KiB}")
                        .problems())
                .anySatisfy(problem -> assertThat(problem.toString())
                        .contains("1:50", "limits.max-hello-size", "must not be more than limits.max-message-size"));
        assertThat(NodeConfigs.report("limits: {max-message-size: 8KiB}").problems())
                .noneSatisfy(problem -> assertThat(problem.toString()).contains("max-hello-size"));
    }
}
