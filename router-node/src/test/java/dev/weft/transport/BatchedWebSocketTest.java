package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.WebSocketClient;
import dev.weft.testkit.WebSocketClient.Received;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches of messages byte by byte (WAMP specification, "Message Batching"). */
class BatchedWebSocketTest {
    private static final String JSON = "wamp.2.json.batched";
    private static final String MSGPACK = "wamp.2.msgpack.batched";

    private final EchoAcceptor echo = new EchoAcceptor();
    private TestListeners listeners;
    private int port;

    @BeforeEach
    void open() throws Exception {
        listeners = new TestListeners(echo);
        port = listeners.open();
    }

    @AfterEach
    void close() throws Exception {
        listeners.close();
    }

    private static byte[] batch(SerializerId serializer, byte[]... messages) {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            if (serializer == SerializerId.JSON) {
                batch.writeBytes(message);
                batch.write(0x1E);
            } else {
                batch.writeBytes(ByteBuffer.allocate(4).putInt(message.length).array());
                batch.writeBytes(message);
            }
        }
        return batch.toByteArray();
    }

    private static void send(WebSocketClient client, SerializerId serializer, byte[] batch) throws Exception {
        client.send(
                WebSocketClient.FIN | (serializer == SerializerId.JSON ? WebSocketClient.TEXT : WebSocketClient.BINARY),
                batch);
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "MSGPACK", "CBOR"})
    void whatComesInOneBatchIsAnsweredInOneBatch(SerializerId serializer) throws Exception {
        byte[] batch = batch(
                serializer,
                Samples.call(serializer, "first"),
                Samples.call(serializer, "zweiter, ü"),
                Samples.call(serializer, "x".repeat(5000)));
        try (WebSocketClient client = WebSocketClient.open(port, serializer.subprotocol() + ".batched")) {
            send(client, serializer, batch);
            Received answer = client.receive();
            assertThat(answer.first())
                    .isEqualTo(WebSocketClient.FIN
                            | (serializer == SerializerId.JSON ? WebSocketClient.TEXT : WebSocketClient.BINARY));
            assertThat(answer.payload()).isEqualTo(batch);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "MSGPACK", "CBOR"})
    void aSingleMessageIsABatchOfOne(SerializerId serializer) throws Exception {
        byte[] batch = batch(serializer, Samples.call(serializer, "alone"));
        try (WebSocketClient client = WebSocketClient.open(port, serializer.subprotocol() + ".batched")) {
            for (int round = 0; round < 3; round++) {
                send(client, serializer, batch);
                assertThat(client.receive().payload()).isEqualTo(batch);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"wamp.2.json.batched", "wamp.2.msgpack.batched", "wamp.2.cbor.batched"})
    void aBatchWithoutAMessageFailsTheTransport(String subprotocol) throws Exception {
        try (WebSocketClient client = WebSocketClient.open(port, subprotocol)) {
            client.send(
                    WebSocketClient.FIN | (subprotocol.equals(JSON) ? WebSocketClient.TEXT : WebSocketClient.BINARY),
                    new byte[0]);
            Received close = client.receive();
            assertThat(close.closeCode()).isEqualTo(1002);
            assertThat(close.closeWords()).isEqualTo("transport-violation: a batch without a message");
        }
    }

    @Test
    void whatStandsBeforeAFaultIsAnsweredBeforeTheClose() throws Exception {
        byte[] call = Samples.call(SerializerId.MSGPACK, "first");
        byte[] whole = batch(SerializerId.MSGPACK, call, call);
        for (int cut : new int[] {1, call.length, call.length + 1, call.length + 3}) {
            try (WebSocketClient client = WebSocketClient.open(port, MSGPACK)) {
                client.sendBinary(java.util.Arrays.copyOf(whole, whole.length - cut));
                assertThat(client.receive().payload()).isEqualTo(batch(SerializerId.MSGPACK, call));
                Received close = client.receive();
                assertThat(close.closeCode()).isEqualTo(1002);
                assertThat(close.closeWords()).contains("ends within a message");
            }
        }
    }

    @Test
    void aMessageOfJsonWithoutItsSeparatorFailsTheTransport() throws Exception {
        String call = new String(Samples.call(SerializerId.JSON, "x"), StandardCharsets.UTF_8);
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            client.sendText(call);
            assertThat(client.receive().closeWords()).contains("ends within a message");
        }
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            client.sendText("\u001e" + call + "\u001e");
            assertThat(client.receive().closeCode()).isEqualTo(1002);
        }
        assertThat(echo.violations).containsExactly("an empty message");
    }

    @Test
    void textForBinaryAndTheOtherWayRoundFailsTheTransport() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(port, MSGPACK)) {
            client.sendText("[]\u001e");
            assertThat(client.receive().closeWords()).contains("a text batch of binary messages");
        }
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            client.sendBinary(batch(SerializerId.MSGPACK, new byte[] {1}));
            assertThat(client.receive().closeWords()).contains("a binary batch of JSON");
        }
    }

    @Test
    void theLimitHoldsForMessagesAndBatches() throws Exception {
        int limited = listeners.open(Options.maxMessageSize(2000));
        byte[] longest = Samples.callOfSize(2000);
        try (WebSocketClient client = WebSocketClient.open(limited, JSON)) {
            client.sendText(new String(batch(SerializerId.JSON, longest), StandardCharsets.UTF_8));
            assertThat(client.receive().payload()).isEqualTo(batch(SerializerId.JSON, longest));
            client.sendText(new String(
                    batch(SerializerId.JSON, Samples.callOfSize(1000), Samples.callOfSize(1000)),
                    StandardCharsets.UTF_8));
            assertThat(client.receive().closeCode()).isEqualTo(1009);
        }
        try (WebSocketClient client = WebSocketClient.open(limited, MSGPACK)) {
            client.sendBinary(batch(SerializerId.MSGPACK, new byte[2000], new byte[1]));
            assertThat(client.receive().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void muchIsSentInBatchesOfABoundedSize() throws Exception {
        byte[] call = Samples.callOfSize(100_000);
        byte[] batch = batch(SerializerId.JSON, call, call, call, call, call);
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            client.sendText(new String(batch, StandardCharsets.UTF_8));
            ByteArrayOutputStream answers = new ByteArrayOutputStream();
            while (answers.size() < batch.length) {
                byte[] answer = client.receive().payload();
                assertThat(answer.length).isLessThanOrEqualTo(MessageBatch.LARGEST);
                answers.writeBytes(answer);
            }
            assertThat(answers.toByteArray()).isEqualTo(batch);
        }
    }

    @Test
    void aBatchIsCompressedAsAWhole() throws Exception {
        int compressing = listeners.open(Options.compression(100_000));
        byte[] call = Samples.callOfSize(10_000);
        try (WebSocketClient client = WebSocketClient.connect(compressing)) {
            assertThat(client.request(WebSocketClient.upgrade(
                            "/ws",
                            JSON,
                            "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n")))
                    .contains("permessage-deflate");
            client.sendText(new String(batch(SerializerId.JSON, call, call), StandardCharsets.UTF_8));
            Received answer = client.receive();
            assertThat(answer.first()).isEqualTo(WebSocketClient.FIN | WebSocketClient.RSV1 | WebSocketClient.TEXT);
            assertThat(answer.payload()).hasSizeLessThan(1000);
            assertThat(inflated(answer.payload())).isEqualTo(batch(SerializerId.JSON, call, call));
        }
    }

    private static byte[] inflated(byte[] deflated) throws Exception {
        java.util.zip.Inflater inflater = new java.util.zip.Inflater(true);
        inflater.setInput(Samples.concat(deflated, new byte[] {0, 0, -1, -1}));
        byte[] out = new byte[100_000];
        int length = inflater.inflate(out);
        inflater.end();
        return java.util.Arrays.copyOf(out, length);
    }

    @ParameterizedTest(name = "{0} is answered {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "wamp.2.json.batched, wamp.2.json | wamp.2.json",
                "wamp.2.json.batched | wamp.2.json.batched",
                "wamp.2.json, wamp.2.cbor.batched | wamp.2.cbor.batched",
            })
    void thePlainSubprotocolComesFirst(String offered, String chosen) throws Exception {
        try (WebSocketClient client = WebSocketClient.connect(port)) {
            assertThat(client.request(WebSocketClient.upgrade("/", offered)))
                    .contains("Sec-WebSocket-Protocol: " + chosen + "\r\n");
        }
    }

    @Test
    void ubjsonIsNotBatched() throws Exception {
        try (WebSocketClient client = WebSocketClient.connect(port)) {
            assertThat(client.request(WebSocketClient.upgrade("/", "wamp.2.ubjson.batched")))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aFrameMadeForManyStandsInTheBatch() throws Exception {
        try (TestListeners twice = new TestListeners(BatchedWebSocketTest::sendingTwice);
                WebSocketClient client = WebSocketClient.open(twice.open(), MSGPACK)) {
            byte[] call = Samples.call(SerializerId.MSGPACK, "x");
            client.sendBinary(batch(SerializerId.MSGPACK, call));
            assertThat(client.receive().payload()).isEqualTo(batch(SerializerId.MSGPACK, call, call));
        }
    }

    private static ConnectionListener sendingTwice(Connection connection) {
        return new ConnectionListener() {
            @Override
            public void message(WampMessage message) {
                Frame frame = connection.frame(message);
                connection.send(frame);
                connection.send(frame);
                frame.release();
            }

            @Override
            public void violation(ProtocolViolation violation) {
                connection.close(CloseReason.PROTOCOL_VIOLATION);
            }

            @Override
            public void closed(CloseReason reason) {}
        };
    }

    /** Drawn from a seed; nothing but an answer or a close comes of it, and no buffer is left over. */
    @Test
    void brokenBatchesEndTheirConnectionOnly() throws Exception {
        byte[] call = Samples.call(SerializerId.CBOR, "x");
        byte[] whole = batch(SerializerId.CBOR, call, call, call);
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] mutated = whole.clone();
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            try (WebSocketClient client = WebSocketClient.open(port, "wamp.2.cbor.batched")) {
                client.sendBinary(mutated);
                client.send(WebSocketClient.FIN | WebSocketClient.CLOSE, new byte[0]);
                assertThat(client.closedByPeer()).as("seed %d", seed).isTrue();
            }
        }
        try (WebSocketClient client = WebSocketClient.open(port, "wamp.2.cbor.batched")) {
            client.sendBinary(whole);
            assertThat(client.receive().payload()).isEqualTo(whole);
        }
    }
}
