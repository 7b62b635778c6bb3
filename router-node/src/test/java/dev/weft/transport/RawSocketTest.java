package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.RawSocketClient;
import dev.weft.testkit.RawSocketClient.Received;
import dev.weft.wamp.Event;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawSocketTest {
    private static final int JSON = SerializerId.JSON.rawSocketId();

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

    @ParameterizedTest
    @EnumSource
    void aMessageOfEachSerializerGoesInAndOut(SerializerId id) throws Exception {
        byte[] call = Samples.call(id, "hello");
        try (RawSocketClient client = RawSocketClient.connect(port)) {
            assertThat(client.handshake(15, id.rawSocketId())).isEqualTo(0x7FB00000 | id.rawSocketId() << 16);
            client.send(call);
            assertThat(client.receive()).isEqualTo(call);
        }
        assertThat(echo.connections.get(0).transport()).isEqualTo("rawsocket");
        assertThat(echo.connections.get(0).peer()).startsWith("127.0.0.1:");
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.TRANSPORT_CLOSED));
    }

    @ParameterizedTest(name = "{0} is answered {1}")
    @CsvSource({
        "7FF00000, 7F100000", // no serializer
        "7FF50000, 7F100000", // FlatBuffers
        "7FFF0000, 7F100000", // reserved serializer
        "7FF10100, 7F300000", // reserved octets
        "7FF10001, 7F300000",
    })
    void aHandshakeIsRefusedWithItsError(String request, String answer) throws Exception {
        try (RawSocketClient client = RawSocketClient.connect(port)) {
            assertThat(client.handshake(Integer.parseUnsignedInt(request, 16)))
                    .isEqualTo(Integer.parseUnsignedInt(answer, 16));
            assertThat(client.closedByPeer()).isTrue();
        }
        assertThat(echo.connections).isEmpty();
    }

    @Test
    void aSerializerThatIsNotOfferedIsRefused() throws Exception {
        int jsonOnly = listeners.open(Options.serializers(SerializerId.JSON));
        try (RawSocketClient client = RawSocketClient.connect(jsonOnly)) {
            assertThat(client.handshake(15, SerializerId.CBOR.rawSocketId())).isEqualTo(0x7F100000);
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"512, 0", "1000, 0", "1024, 1", "1048576, 11", "16777216, 15", "100000000, 15"})
    void theLimitAnnouncedIsNotOverTheOneConfigured(int maxMessageSize, int announced) throws Exception {
        int limited = listeners.open(Options.maxMessageSize(maxMessageSize));
        try (RawSocketClient client = RawSocketClient.connect(limited)) {
            assertThat(client.handshake(15, JSON) >>> 20 & 0xF).isEqualTo(announced);
        }
    }

    @Test
    void handshakeAndMessagesMayComeInOneWriteOrOctetByOctet() throws Exception {
        byte[] call = Samples.call(SerializerId.JSON, "héllo");
        byte[] frame = RawSocketClient.frame(RawSocketClient.MESSAGE, call);
        try (RawSocketClient client = RawSocketClient.connect(port)) {
            client.sendBytes(Samples.concat(new byte[] {0x7F, (byte) 0xF1, 0, 0}, frame, frame));
            assertThat(client.receiveHandshake()).isEqualTo(0x7FB10000);
            assertThat(client.receive()).isEqualTo(call);
            assertThat(client.receive()).isEqualTo(call);
        }
        try (RawSocketClient client = RawSocketClient.connect(port)) {
            for (byte octet : Samples.concat(new byte[] {0x7F, (byte) 0xF1, 0, 0}, frame, frame)) {
                client.sendBytes(octet);
            }
            assertThat(client.receiveHandshake()).isEqualTo(0x7FB10000);
            assertThat(client.receive()).isEqualTo(call);
            assertThat(client.receive()).isEqualTo(call);
        }
        await().untilAsserted(() ->
                assertThat(listeners.counters().messagesReceived()).isEqualTo(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 1023, 1024})
    void aMessageUpToTheLimitPasses(int size) throws Exception {
        int limited = listeners.open(Options.maxMessageSize(1024));
        byte[] call = Samples.callOfSize(size);
        try (RawSocketClient client = RawSocketClient.open(limited, JSON)) {
            client.send(call);
            assertThat(client.receive()).isEqualTo(call);
        }
    }

    @Test
    void aMessageOverTheLimitEndsTheConnectionBeforeItHasArrived() throws Exception {
        int limited = listeners.open(Options.maxMessageSize(1024));
        try (RawSocketClient client = RawSocketClient.open(limited, JSON)) {
            client.sendBytes((byte) 0, (byte) 0, (byte) 4, (byte) 1);
            assertThat(client.closedByPeer()).isTrue();
        }
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.MESSAGE_TOO_LARGE));
        assertThat(listeners.counters().connectionsClosed(CloseReason.MESSAGE_TOO_LARGE))
                .isEqualTo(1);
    }

    @Test
    void aMessageLongerThanThePeerAcceptsIsNotSent() throws Exception {
        byte[] small = Samples.callOfSize(512);
        try (RawSocketClient client = RawSocketClient.connect(port)) {
            client.handshake(0, JSON);
            client.send(Samples.callOfSize(513));
            client.send(small);
            assertThat(client.receive()).isEqualTo(small);
        }
        assertThat(echo.sends).containsExactly(false, true);
    }

    @Test
    void aPingIsAnsweredWithItsPayload() throws Exception {
        try (RawSocketClient client = RawSocketClient.open(port, JSON)) {
            client.sendFrame(RawSocketClient.PING, new byte[] {1, 2, 3});
            client.sendFrame(RawSocketClient.PONG, new byte[] {9});
            client.sendFrame(RawSocketClient.PING, new byte[0]);
            Received first = client.receiveFrame();
            assertThat(first.type()).isEqualTo(RawSocketClient.PONG);
            assertThat(first.payload()).containsExactly(1, 2, 3);
            assertThat(client.receiveFrame().payload()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x10000000, 0x80000000, 0x03000000, 0x07000000, 0x08000001})
    void aHeaderThatUsesWhatIsReservedEndsTheConnection(int header) throws Exception {
        try (RawSocketClient client = RawSocketClient.open(port, JSON)) {
            client.sendBytes((byte) (header >>> 24), (byte) (header >>> 16), (byte) (header >>> 8), (byte) header);
            assertThat(client.closedByPeer()).isTrue();
        }
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.TRANSPORT_VIOLATION));
    }

    @Test
    void anEmptyMessageIsAViolationAfterWhichNothingIsHeard() throws Exception {
        byte[] call = Samples.call(SerializerId.JSON, "late");
        try (RawSocketClient client = RawSocketClient.open(port, JSON)) {
            client.sendBytes(Samples.concat(new byte[4], RawSocketClient.frame(RawSocketClient.MESSAGE, call)));
            assertThat(client.closedByPeer()).isTrue();
        }
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.PROTOCOL_VIOLATION));
        assertThat(echo.violations).hasSize(1);
        assertThat(echo.sends).isEmpty();
    }

    @Test
    void aMegabyteInPiecesComesBackWhole() throws Exception {
        byte[] call = Samples.callOfSize(1 << 20);
        try (RawSocketClient client = RawSocketClient.open(port, JSON)) {
            byte[] frame = RawSocketClient.frame(RawSocketClient.MESSAGE, call);
            for (int at = 0; at < frame.length; at += 10_007) {
                client.sendBytes(java.util.Arrays.copyOfRange(frame, at, Math.min(at + 10_007, frame.length)));
            }
            assertThat(client.receive()).isEqualTo(call);
        }
    }

    @Test
    void whoDoesNotShakeHandsInTimeIsDisconnected() throws Exception {
        int hasty = listeners.open(Options.handshakeTimeout(Duration.ofMillis(50)));
        try (RawSocketClient client = RawSocketClient.connect(hasty)) {
            client.sendBytes((byte) 0x7F, (byte) 0xF1);
            assertThat(client.closedByPeer()).isTrue();
        }
        await().untilAsserted(() -> assertThat(listeners.counters().connectionsClosed(CloseReason.HANDSHAKE_TIMEOUT))
                .isEqualTo(1));
    }

    @Test
    void aSilentPeerThatKnowsPingsIsPingedAndClosedWhenItDoesNotAnswer() throws Exception {
        int lively = listeners.open(Options.pings());
        try (RawSocketClient client = RawSocketClient.open(lively, JSON)) {
            client.sendFrame(RawSocketClient.PING, new byte[0]);
            assertThat(client.receiveFrame().type()).isEqualTo(RawSocketClient.PONG);
            Received ping = client.receiveFrame();
            assertThat(ping.type()).isEqualTo(RawSocketClient.PING);
            client.sendFrame(RawSocketClient.PONG, ping.payload());
            assertThat(client.receiveFrame().type()).isEqualTo(RawSocketClient.PING);
            assertThat(client.closedByPeer()).isTrue();
        }
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.KEEPALIVE_TIMEOUT));
    }

    @Test
    void aPeerThatNeverPingedIsNotPingedAndClosedWhenIdle() throws Exception {
        int impatient = listeners.open(Options.idle(Duration.ofMillis(20), Duration.ofMillis(300)));
        try (RawSocketClient client = RawSocketClient.open(impatient, JSON)) {
            assertThatThrownBy(client::receiveFrame).isInstanceOf(EOFException.class);
        }
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.IDLE_TIMEOUT));
    }

    @Test
    void anIdleConnectionIsClosedThoughItAnswersPings() throws Exception {
        int impatient = listeners.open(Options.idle(Duration.ofMillis(40), Duration.ofMillis(300)));
        AtomicInteger pings = new AtomicInteger();
        try (RawSocketClient client = RawSocketClient.open(impatient, JSON)) {
            client.sendFrame(RawSocketClient.PING, new byte[0]);
            client.receiveFrame();
            assertThatThrownBy(() -> {
                        while (true) {
                            client.sendFrame(
                                    RawSocketClient.PONG, client.receiveFrame().payload());
                            pings.incrementAndGet();
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(pings).hasPositiveValue();
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.IDLE_TIMEOUT));
    }

    @Test
    void aFullListenerRefusesWithItsError() throws Exception {
        int tiny = listeners.open(Options.maxConnections(1));
        try (RawSocketClient first = RawSocketClient.open(tiny, JSON)) {
            try (RawSocketClient second = RawSocketClient.connect(tiny)) {
                assertThat(second.handshake(15, JSON)).isEqualTo(0x7F400000);
                assertThat(second.closedByPeer()).isTrue();
            }
            first.sendFrame(RawSocketClient.PING, new byte[0]);
            assertThat(first.receiveFrame().type()).isEqualTo(RawSocketClient.PONG);
        }
        await().untilAsserted(() ->
                assertThat(listeners.counters().connectionsClosed()).isEqualTo(2));
        try (RawSocketClient third = RawSocketClient.connect(tiny)) {
            assertThat(third.handshake(15, JSON)).isEqualTo(0x7FB10000);
        }
    }

    @Test
    void aFrameMadeOnceServesManyConnections() throws Exception {
        List<byte[]> calls = List.of(Samples.call(SerializerId.JSON, "x"), Samples.callOfSize(10_000));
        Serializer json = Serializers.create(SerializerId.JSON, DecodeLimits.DEFAULT);
        try (RawSocketClient client = RawSocketClient.open(port, JSON)) {
            client.sendFrame(RawSocketClient.PING, new byte[0]);
            client.receiveFrame();
            Connection connection = echo.connections.get(0);
            for (byte[] call : calls) {
                connection.lane().run(() -> {
                    Frame frame = connection.frame(Samples.decoded(json, call));
                    connection.send(frame);
                    connection.send(frame);
                    frame.release();
                });
                assertThat(client.receive()).isEqualTo(call);
                assertThat(client.receive()).isEqualTo(call);
            }
        }
    }

    @Test
    void aFrameThatIsTooLongForAnyRawSocketIsRefusedWhenItIsSent() throws Exception {
        EchoAcceptor echo = new EchoAcceptor();
        Payload tooLong = Payload.of(SerializerId.JSON, 1, new byte[1 << 24]);
        try (TestListeners opened = new TestListeners(echo);
                RawSocketClient client = RawSocketClient.open(opened.open(), SerializerId.JSON.rawSocketId())) {
            client.send(Samples.callOfSize(100));
            client.receive();
            Connection connection = echo.connections.get(0);
            CompletableFuture<Boolean> sent = new CompletableFuture<>();
            connection.lane().run(() -> {
                Frame frame = connection.frame(new Event(1, 1, EventDetails.DEFAULT, tooLong));
                sent.complete(connection.send(frame));
                frame.release();
            });
            assertThat(sent.get(10, TimeUnit.SECONDS)).isFalse();
        }
    }
}
