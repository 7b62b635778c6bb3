package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.RawSocketClient;
import dev.weft.testkit.WebSocketClient;
import dev.weft.wamp.SerializerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients behind proxies: 127.0.0.1 to 127.0.0.9 are believed. */
class ProxiedClientsTest {
    private static final byte[] VERSION_1 =
            "PROXY TCP4 203.0.113.7 10.0.0.1 56324 443\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION_2 =
            HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000ccb0071080a000001dc0401bb");
    private static final byte[] HEALTH_CHECK = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a20000000");

    private final EchoAcceptor echo = new EchoAcceptor();
    private TestListeners listeners;

    @BeforeEach
    void open() {
        listeners = new TestListeners(echo);
    }

    @AfterEach
    void close() throws Exception {
        listeners.close();
    }

    private static Socket connect(int port, String from) throws Exception {
        return new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
    }

    private long closed(CloseReason reason) {
        return listeners.counters().connectionsClosed(reason);
    }

    @Test
    void aRawSocketIsSeenAsTheProxySays() throws Exception {
        int port = listeners.open(Options.trust(true));
        byte[] call = Samples.call(SerializerId.JSON, "x");
        for (byte[] header : new byte[][] {VERSION_1, VERSION_2}) {
            try (Socket socket = connect(port, "127.0.0.1");
                    RawSocketClient client = RawSocketClient.over(socket)) {
                byte[] handshake = {0x7F, (byte) 0xF1, 0, 0};
                client.sendBytes(Samples.concat(header, handshake));
                assertThat(client.receiveHandshake()).isEqualTo(0x7FB10000);
                client.send(call);
                assertThat(client.receive()).isEqualTo(call);
            }
        }
        assertThat(echo.connections)
                .extracting(Connection::peer)
                .containsExactly("203.0.113.7:56324", "203.0.113.8:56324");
    }

    @Test
    void aWebSocketIsSeenAsTheProxySaysAlsoOctetByOctet() throws Exception {
        int port = listeners.open(Options.trust(true));
        try (WebSocketClient client = WebSocketClient.over(connect(port, "127.0.0.1"))) {
            for (byte octet : VERSION_2) {
                client.sendBytes(octet);
            }
            assertThat(client.request(WebSocketClient.upgrade("/ws", "wamp.2.json")))
                    .startsWith("HTTP/1.1 101 ");
        }
        assertThat(echo.connections).extracting(Connection::peer).containsExactly("203.0.113.8:56324");
    }

    @Test
    void eachClientOfAProxyHasARateOfItsOwn() throws Exception {
        listeners.close();
        listeners = new TestListeners(echo, new ArrivalRate(2, () -> 0));
        int port = listeners.open(Options.trust(true));
        for (int i = 0; i < 3; i++) {
            assertThat(isOpened(port, VERSION_1)).isEqualTo(i < 2);
        }
        assertThat(isOpened(port, VERSION_2)).isTrue();
        // The client may see that it is closed before that is counted.
        await().until(() -> closed(CloseReason.CONNECTION_RATE) == 1);

        int forwarded = listeners.open(Options.trust(false));
        for (String status : new String[] {"101", "101", "429"}) {
            try (WebSocketClient client = WebSocketClient.over(connect(forwarded, "127.0.0.1"))) {
                assertThat(client.request(
                                WebSocketClient.upgrade("/ws", "wamp.2.json", "X-Forwarded-For: 198.51.100.9\r\n")))
                        .startsWith("HTTP/1.1 " + status);
            }
        }
    }

    private static boolean isOpened(int port, byte[] header) throws Exception {
        try (WebSocketClient client = WebSocketClient.over(connect(port, "127.0.0.1"))) {
            client.sendBytes(header);
            return client.request(WebSocketClient.upgrade("/ws", "wamp.2.json")).startsWith("HTTP/1.1 101 ");
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void aProxyThatSpeaksForItselfIsSeenAsItself() throws Exception {
        int port = listeners.open(Options.trust(true));
        try (WebSocketClient client = WebSocketClient.over(connect(port, "127.0.0.1"))) {
            client.sendBytes(HEALTH_CHECK);
            assertThat(client.request(WebSocketClient.upgrade("/ws", "wamp.2.json")))
                    .startsWith("HTTP/1.1 101 ");
        }
        assertThat(echo.connections.get(0).peer()).startsWith("127.0.0.1:");
    }

    @Test
    void whoIsNotTrustedIsClosedBeforeAnythingIsRead() throws Exception {
        int port = listeners.open(Options.trust(true));
        try (WebSocketClient client = WebSocketClient.over(connect(port, "127.0.0.77"))) {
            assertThat(client.closedByPeer()).isTrue();
        }
        await().untilAsserted(
                        () -> assertThat(closed(CloseReason.PROXY_NOT_TRUSTED)).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /ws HTTP/1.1\r\n\r\n", "PROXY TCP4 1.2.3.4 5\r\n", "PROXY TCP4 1.2.3.4.5 1.2.3.4 5 6\r\n"})
    void aMissingOrMalformedHeaderIsClosedAndCounted(String sent) throws Exception {
        int port = listeners.open(Options.trust(true));
        try (WebSocketClient client = WebSocketClient.over(connect(port, "127.0.0.1"))) {
            client.sendBytes(sent.getBytes(StandardCharsets.US_ASCII));
            assertThat(client.closedByPeer()).isTrue();
        }
        await().untilAsserted(() ->
                assertThat(closed(CloseReason.PROXY_HEADER_INVALID)).isEqualTo(1));
        assertThat(echo.connections).isEmpty();
    }

    @ParameterizedTest(name = "X-Forwarded-For: {0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7 | 203.0.113.7:0",
                "203.0.113.7:4711 | 203.0.113.7:0",
                "2001:db8::7 | [2001:db8::7]:0",
                "[2001:db8::7]:4711 | [2001:db8::7]:0",
                "198.51.100.1, 203.0.113.7 | 203.0.113.7:0", // what a client claims is not believed
                "nonsense, 203.0.113.7, 127.0.0.2 | 203.0.113.7:0", // two proxies
                "127.0.0.2, 127.0.0.3 | 127.0.0.2:0",
            })
    void theProxiesThatAreBelievedNameTheClient(String chain, String client) throws Exception {
        int port = listeners.open(Options.trust(false));
        try (WebSocketClient socket = WebSocketClient.over(connect(port, "127.0.0.1"))) {
            assertThat(socket.request(WebSocketClient.upgrade(
                            "/ws",
                            "wamp.2.json",
                            "X-Forwarded-For: " + chain.replace(", ", "\r\nX-Forwarded-For: ") + "\r\n")))
                    .startsWith("HTTP/1.1 101 ");
        }
        assertThat(echo.connections).extracting(Connection::peer).containsExactly(client);
    }

    @Test
    void whatOthersSayOfThemselvesIsNotLookedAt() throws Exception {
        int port = listeners.open(Options.trust(false));
        try (WebSocketClient socket = WebSocketClient.over(connect(port, "127.0.0.77"))) {
            assertThat(socket.request(WebSocketClient.upgrade(
                            "/ws", "wamp.2.json", "X-Forwarded-For: 203.0.113.7, nonsense\r\n")))
                    .startsWith("HTTP/1.1 101 ");
        }
        assertThat(echo.connections.get(0).peer()).startsWith("127.0.0.77:");
    }

    @Test
    void whatAProxySaysHasToBeAnAddress() throws Exception {
        int port = listeners.open(Options.trust(false));
        try (WebSocketClient socket = WebSocketClient.over(connect(port, "127.0.0.1"))) {
            assertThat(socket.request(WebSocketClient.upgrade("/ws", "wamp.2.json", "X-Forwarded-For: unknown\r\n")))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("X-Forwarded-For");
        }
        await().untilAsserted(() ->
                assertThat(closed(CloseReason.PROXY_HEADER_INVALID)).isEqualTo(1));
    }

    @Test
    void theHeaderOfHttpCountsFromTheClientOfThePROXYHeader() throws Exception {
        int port = listeners.open(Options.trust(true));
        byte[] fromProxy = "PROXY TCP4 127.0.0.5 10.0.0.1 56324 443\r\n".getBytes(StandardCharsets.US_ASCII);
        try (WebSocketClient socket = WebSocketClient.over(connect(port, "127.0.0.1"))) {
            socket.sendBytes(fromProxy);
            assertThat(socket.request(
                            WebSocketClient.upgrade("/ws", "wamp.2.json", "X-Forwarded-For: 203.0.113.7\r\n")))
                    .startsWith("HTTP/1.1 101 ");
        }
        try (WebSocketClient socket = WebSocketClient.over(connect(port, "127.0.0.1"))) {
            socket.sendBytes(VERSION_1);
            assertThat(socket.request(
                            WebSocketClient.upgrade("/ws", "wamp.2.json", "X-Forwarded-For: 198.51.100.9\r\n")))
                    .startsWith("HTTP/1.1 101 ");
        }
        assertThat(echo.connections).extracting(Connection::peer).containsExactly("203.0.113.7:0", "203.0.113.7:56324");
    }
}
