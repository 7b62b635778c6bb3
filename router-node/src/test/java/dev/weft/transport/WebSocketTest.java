package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.WebSocketClient;
import dev.weft.testkit.WebSocketClient.Received;
import dev.weft.wamp.SerializerId;
import java.io.EOFException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What WAMP adds to WebSocket, and what the Autobahn test suite does not look at. */
class WebSocketTest {
    private static final String JSON = "wamp.2.json";
    private static final byte[] NORMAL = {3, (byte) 0xE8};
    private static final byte[] CALL = Samples.call(SerializerId.JSON, "hello");

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
        int opcode = id.isText() ? WebSocketClient.TEXT : WebSocketClient.BINARY;
        try (WebSocketClient client = WebSocketClient.open(port, id.subprotocol())) {
            client.send(WebSocketClient.FIN | opcode, call);
            Received received = client.receive();
            assertThat(received.first()).isEqualTo(WebSocketClient.FIN | opcode);
            assertThat(received.payload()).isEqualTo(call);
            client.send(WebSocketClient.FIN | WebSocketClient.CLOSE, NORMAL);
            assertThat(client.receive().closeCode()).isEqualTo(1000);
            assertThat(client.closedByPeer()).isTrue();
        }
        assertThat(echo.connections.get(0).transport()).isEqualTo("websocket");
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.TRANSPORT_CLOSED));
    }

    @ParameterizedTest
    @CsvSource({"125", "126", "4000", "5000", "65535", "65536", "1048576"})
    void aMessageOfAnyLengthComesBackAsItWas(int size) throws Exception {
        byte[] call = Samples.callOfSize(size);
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            client.sendText(new String(call, StandardCharsets.UTF_8));
            assertThat(client.receive().payload()).isEqualTo(call);
        }
    }

    @Test
    void framesMayComeOctetByOctetAndInFragmentsWithPingsBetween() throws Exception {
        byte[] call = Samples.call(SerializerId.JSON, "héllo €");
        byte[] bytes = Samples.concat(
                WebSocketClient.frame(WebSocketClient.TEXT, Arrays.copyOf(call, 27), 0x01020304),
                WebSocketClient.frame(WebSocketClient.FIN | WebSocketClient.PING, new byte[] {5, 6, 7}, 0x7F00FF10),
                WebSocketClient.frame(WebSocketClient.CONTINUATION, new byte[0], 9),
                WebSocketClient.frame(
                        WebSocketClient.FIN | WebSocketClient.CONTINUATION,
                        Arrays.copyOfRange(call, 27, call.length),
                        0xA0B0C0D0));
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            for (int round = 0; round < 2; round++) {
                for (byte octet : bytes) {
                    client.sendBytes(octet);
                }
                Received pong = client.receive();
                assertThat(pong.opcode()).isEqualTo(WebSocketClient.PONG);
                assertThat(pong.payload()).containsExactly(5, 6, 7);
                assertThat(client.receive().payload()).isEqualTo(call);
            }
        }
    }

    @ParameterizedTest(name = "{0} is answered {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "wamp.2.json | wamp.2.json",
                "wamp.2.json, wamp.2.msgpack | wamp.2.msgpack",
                "wamp.2.cbor, wamp.2.json, wamp.2.msgpack | wamp.2.msgpack",
                "foo, wamp.2.json, wamp.2.cbor | wamp.2.cbor",
            })
    void theServersPreferenceDecides(String offered, String chosen) throws Exception {
        try (WebSocketClient client = WebSocketClient.connect(port)) {
            String response = client.request(WebSocketClient.upgrade("/", offered));
            assertThat(response)
                    .startsWith("HTTP/1.1 101 ")
                    .contains("Sec-WebSocket-Protocol: " + chosen + "\r\n")
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
        }
    }

    @Test
    void withoutACommonSubprotocolTheListIsShown() throws Exception {
        try (WebSocketClient client = WebSocketClient.connect(port)) {
            assertThat(client.request(WebSocketClient.upgrade("/ws", "wamp.2.flatbuffers")))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("wamp.2.msgpack, wamp.2.msgpack.batched, wamp.2.cbor, wamp.2.cbor.batched,"
                            + " wamp.2.json, wamp.2.json.batched, wamp.2.ubjson");
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void textOnABinarySubprotocolIsAViolation() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(port, "wamp.2.msgpack")) {
            client.sendText("[]");
            assertThat(client.receive().closeCode()).isEqualTo(1002);
        }
        assertThat(echo.violations).containsExactly("a text message, but wamp.2.msgpack was negotiated");
    }

    @Test
    void binaryOnATextSubprotocolIsAViolation() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            client.sendBinary(CALL);
            Received close = client.receive();
            assertThat(close.closeCode()).isEqualTo(1002);
            assertThat(close.closeWords()).isEqualTo("protocol-violation");
        }
        assertThat(echo.violations).hasSize(1);
    }

    @Test
    void invalidUtf8IsNeverHandedOn() throws Exception {
        byte[] broken = CALL.clone();
        broken[broken.length - 5] = (byte) 0xC0;
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            client.send(WebSocketClient.FIN | WebSocketClient.TEXT, broken);
            assertThat(client.receive().closeCode()).isEqualTo(1007);
            assertThat(client.closedByPeer()).isTrue();
        }
        assertThat(echo.sends).isEmpty();
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.INVALID_UTF8));
    }

    @Test
    void anUnmaskedFrameIsRefused() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            client.sendBytes((byte) 0x81, (byte) 2, (byte) '[', (byte) ']');
            Received close = client.receive();
            assertThat(close.closeCode()).isEqualTo(1002);
            assertThat(close.closeWords()).contains("unmasked");
        }
    }

    @Test
    void aMessageOverTheLimitIsRefusedAtItsHeader() throws Exception {
        int limited = listeners.open(Options.maxMessageSize(1024));
        try (WebSocketClient client = WebSocketClient.open(limited, JSON)) {
            client.sendBytes((byte) 0x81, (byte) 0xFE, (byte) 4, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
            assertThat(client.receive().closeCode()).isEqualTo(1009);
        }
        try (WebSocketClient client = WebSocketClient.open(limited, JSON)) {
            client.send(WebSocketClient.TEXT, new byte[1000]);
            client.send(WebSocketClient.FIN | WebSocketClient.CONTINUATION, new byte[25]);
            assertThat(client.receive().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void whatComesAfterACloseIsNotHeardAndThePeersCloseIsAwaited() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            client.send(WebSocketClient.FIN | WebSocketClient.PING, new byte[0]);
            client.receive();
            Connection connection = echo.connections.get(0);
            connection.lane().run(() -> connection.close(CloseReason.NODE_SHUTDOWN));
            Received close = client.receive();
            assertThat(close.closeCode()).isEqualTo(1012);
            assertThat(close.closeWords()).isEqualTo("node-shutdown");
            client.send(WebSocketClient.FIN | WebSocketClient.TEXT, CALL);
            client.send(WebSocketClient.FIN | WebSocketClient.CLOSE, NORMAL);
            assertThat(client.closedByPeer()).isTrue();
        }
        assertThat(echo.sends).isEmpty();
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.NODE_SHUTDOWN));
    }

    @Test
    void whatWasSentBeforeACloseArrivesBeforeIt() throws Exception {
        byte[] large = Samples.callOfSize(1 << 20);
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            client.sendText(new String(large, StandardCharsets.UTF_8));
            await().until(() -> echo.sends.size() == 1);
            Connection connection = echo.connections.get(0);
            connection.lane().run(() -> connection.close(CloseReason.KILLED));
            assertThat(client.receive().payload()).isEqualTo(large);
            assertThat(client.receive().closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aPeerThatDoesNotAnswerACloseIsDisconnectedAllTheSame() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            client.send(WebSocketClient.FIN | WebSocketClient.PING, new byte[0]);
            client.receive();
            Connection connection = echo.connections.get(0);
            connection.lane().run(() -> connection.close(CloseReason.KILLED));
            client.receive();
            client.closedByPeer();
        }
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.KILLED));
    }

    @Test
    void aSilentPeerIsPingedAndClosedWhenItDoesNotAnswer() throws Exception {
        int lively = listeners.open(Options.pings());
        try (WebSocketClient client = WebSocketClient.open(lively, JSON)) {
            assertThat(client.receiveFrame().opcode()).isEqualTo(WebSocketClient.PING);
            client.send(WebSocketClient.FIN | WebSocketClient.PONG, new byte[0]);
            assertThat(client.receiveFrame().opcode()).isEqualTo(WebSocketClient.PING);
            assertThat(client.closedByPeer()).isTrue();
        }
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.KEEPALIVE_TIMEOUT));
    }

    @Test
    void aConnectionCutOffWithoutACloseFrameIsLost() throws Exception {
        WebSocketClient.open(port, JSON).close();
        await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.TRANSPORT_LOST));
    }

    @Test
    void aFaultOfOursEndsOnlyThatConnection() throws Exception {
        ConnectionAcceptor faulty = connection -> new ConnectionListener() {
            @Override
            public void message(dev.weft.wamp.WampMessage message) {
                throw new IllegalStateException("planted");
            }

            @Override
            public void violation(dev.weft.wamp.ProtocolViolation violation) {}

            @Override
            public void closed(CloseReason reason) {
                echo.ends.add(reason);
            }
        };
        try (TestListeners others = new TestListeners(faulty)) {
            int there = others.open();
            try (WebSocketClient client = WebSocketClient.open(there, JSON);
                    WebSocketClient neighbour = WebSocketClient.open(there, JSON)) {
                client.sendText(new String(CALL, StandardCharsets.UTF_8));
                assertThat(client.receive().closeCode()).isEqualTo(1011);
                neighbour.send(WebSocketClient.FIN | WebSocketClient.PING, new byte[0]);
                assertThat(neighbour.receive().opcode()).isEqualTo(WebSocketClient.PONG);
            }
        }
        assertThat(echo.ends).contains(CloseReason.INTERNAL_ERROR);
    }

    @Test
    void closingTheListenersTellsEveryClient() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            io.vertx.core.Future<Void> closed = listeners.listeners().close();
            assertThat(client.receive().closeCode()).isEqualTo(1012);
            client.send(WebSocketClient.FIN | WebSocketClient.CLOSE, NORMAL);
            assertThat(client.closedByPeer()).isTrue();
            await().until(closed::isComplete);
        }
        assertThat(echo.ends).containsExactly(CloseReason.NODE_SHUTDOWN);
    }

    @Test
    void stoppingToAcceptLeavesOpenConnectionsAlone() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(port, JSON)) {
            listeners.listeners().stopAccepting();
            await().untilAsserted(() -> assertThat(refused()).isTrue());
            client.sendText(new String(CALL, StandardCharsets.UTF_8));
            assertThat(client.receive().payload()).isEqualTo(CALL);
        }
    }

    private boolean refused() throws Exception {
        try (WebSocketClient ignored = WebSocketClient.open(port, JSON)) {
            return false;
        } catch (SocketException | EOFException refused) { // reset if it was in the backlog
            return true;
        }
    }
}
