package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.WebSocketClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRefusalTest {
    private TestListeners listeners;
    private int port;

    @BeforeEach
    void open() throws Exception {
        listeners = new TestListeners(new EchoAcceptor());
        port = listeners.open();
    }

    @AfterEach
    void close() throws Exception {
        listeners.close();
    }

    private String answer(int to, String request) throws Exception {
        try (WebSocketClient client = WebSocketClient.connect(to)) {
            return client.request(request);
        }
    }

    @Test
    void aBrowserIsToldWhatThisIs() throws Exception {
        assertThat(answer(port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 426 ")
                .contains("Upgrade: websocket\r\n")
                .contains("Connection: close\r\n")
                .endsWith("This is a WAMP router. Connect with a WAMP client, by WebSocket or RawSocket.\n");
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        assertThat(answer(port, WebSocketClient.upgrade("/elsewhere", "wamp.2.json")))
                .startsWith("HTTP/1.1 404 ")
                .contains("/ws, /");
        assertThat(answer(port, WebSocketClient.upgrade("/ws?token=1", "wamp.2.json")))
                .startsWith("HTTP/1.1 101 ");
    }

    @ParameterizedTest(name = "{0} instead of {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /ws HTTP/1.1 | GET /ws HTTP/1.1 | 405",
                "GET /ws HTTP/1.0 | GET /ws HTTP/1.1 | 505",
                "GET  /ws HTTP/1.1 | GET /ws HTTP/1.1 | 400",
                "GET http://x/ws HTTP/1.1 | GET /ws HTTP/1.1 | 400",
                "Sec-WebSocket-Version: 8 | Sec-WebSocket-Version: 13 | 426",
                "X: y | Sec-WebSocket-Version: 13 | 426",
                "Sec-WebSocket-Key: c2hvcnQ= | Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | 400",
                "Sec-WebSocket-Key: ? | Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | 400",
                "X: y | Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | 400",
                "X: y | Host: localhost | 400",
                "Connection: close | Connection: Upgrade | 400",
                "Upgrade: h2c | Upgrade: websocket | 426",
                "Content-Length: 5 | Host: localhost | 400",
                "Transfer-Encoding: chunked | Upgrade: websocket | 426",
            })
    void aHandshakeThatIsNoneIsRefused(String written, String insteadOf, String status) throws Exception {
        String request = WebSocketClient.upgrade("/ws", "wamp.2.json").replace(insteadOf, written);
        assertThat(answer(port, request)).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {" folded: x", "no colon", "na me: x", ": x", "name : x", "a: b\u0001c"})
    void aHeaderThatCouldBeReadInTwoWaysIsRefused(String header) throws Exception {
        String request = WebSocketClient.upgrade("/ws", "wamp.2.json", header + "\r\n");
        assertThat(answer(port, request)).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 3", "Transfer-Encoding: chunked", "Host: twice", "Origin: a\r\nOrigin: b"})
    void aHeaderThatDoesNotBelongIsRefused(String header) throws Exception {
        String request = WebSocketClient.upgrade("/ws", "wamp.2.json", header + "\r\n");
        assertThat(answer(port, request)).containsPattern("^HTTP/1.1 40[03] ");
    }

    @Test
    void aHeadOverEightKilobytesIsRefusedAndOneBelowIsNot() throws Exception {
        String plain = WebSocketClient.upgrade("/ws", "wamp.2.json", "X: \r\n");
        String longest =
                WebSocketClient.upgrade("/ws", "wamp.2.json", "X: " + "x".repeat(8191 - plain.length()) + "\r\n");
        assertThat(answer(port, longest)).startsWith("HTTP/1.1 101 ");
        String tooLong = WebSocketClient.upgrade("/ws", "wamp.2.json", "X: " + "x".repeat(9000) + "\r\n");
        assertThat(answer(port, tooLong)).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void whatIsNeitherHttpNorRawSocketIsAnsweredAtOnce() throws Exception {
        assertThat(answer(port, "\u0016\u0003\u0001")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aFullListenerSaysSo() throws Exception {
        int tiny = listeners.open(Options.maxConnections(1));
        try (WebSocketClient first = WebSocketClient.open(tiny, "wamp.2.json")) {
            assertThat(answer(tiny, WebSocketClient.upgrade("/ws", "wamp.2.json")))
                    .startsWith("HTTP/1.1 503 ");
        }
        assertThat(listeners.counters().connectionsAccepted()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} on a listener for {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "https://app.example.com | https://app.example.com | 101",
                "HTTPS://APP.EXAMPLE.COM | https://app.example.com | 101",
                "https://app.example.com:8443 | https://app.example.com | 403",
                "http://app.example.com | https://app.example.com | 403",
                "https://app.example.com.evil.org | https://app.example.com | 403",
                "http://localhost | https://app.example.com | 403",
                "https://anything.org | * | 101",
                "null | * | 101",
                "null | null | 101",
                "null | https://app.example.com | 403",
            })
    void anOriginMustBeInTheList(String origin, String allowed, String status) throws Exception {
        int strict = listeners.open(Options.origins(allowed));
        String request = WebSocketClient.upgrade("/ws", "wamp.2.json", "Origin: " + origin + "\r\n");
        assertThat(answer(strict, request)).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer(strict, WebSocketClient.upgrade("/ws", "wamp.2.json")))
                .startsWith("HTTP/1.1 101 ");
    }

    @ParameterizedTest(name = "{0} on host {1}: {2}")
    @CsvSource({
        "http://localhost:3000, localhost, 101",
        "http://127.0.0.1, weft.example.com, 101",
        "http://[::1]:5173, weft.example.com, 101",
        "https://evil.example.com, weft.example.com, 403",
        "http://localhost.evil.com, weft.example.com, 403",
        "null, weft.example.com, 403",
        "file://, weft.example.com, 403",
    })
    void withoutAListPagesOfTheHostAndOfThisMachineAreLetIn(String origin, String host, String status)
            throws Exception {
        String request = WebSocketClient.upgrade("/ws", "wamp.2.json", "Origin: " + origin + "\r\n")
                .replace("Host: localhost", "Host: " + host);
        assertThat(answer(port, request)).startsWith("HTTP/1.1 " + status + " ");
    }

    /**
     * DNS rebinding: a page of evil.example.com has that name lead to this machine, and its browser says that it asks the host
     * that the page is of.
     */
    @Test
    void aNameThatAPageHasLeadToThisMachineIsNotTheHostOfThePage() throws Exception {
        String request = WebSocketClient.upgrade("/ws", "wamp.2.json", "Origin: http://evil.example.com:8080\r\n")
                .replace("Host: localhost", "Host: evil.example.com:8080");
        assertThat(answer(port, request)).startsWith("HTTP/1.1 403 ").contains("listeners[].origins");
        int listed = listeners.open(Options.origins("http://evil.example.com:8080"));
        assertThat(answer(listed, request)).startsWith("HTTP/1.1 101 ");
        int proxied = listeners.open(Options.trust(false));
        assertThat(answer(proxied, request)).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void aPageMayAskItsOwnHostWhereOthersReachIt() {
        OriginPolicy policy = new OriginPolicy(List.of());
        assertThat(policy.allows("https://weft.example.com", "weft.example.com:8080", false))
                .isTrue();
        assertThat(policy.allows("https://evil.example.com", "weft.example.com:8080", false))
                .isFalse();
        assertThat(policy.allows("https://weft.example.com", "weft.example.com:8080", true))
                .isFalse();
        assertThat(policy.allows("http://localhost:3000", "weft.example.com:8080", true))
                .isTrue();
    }
}
