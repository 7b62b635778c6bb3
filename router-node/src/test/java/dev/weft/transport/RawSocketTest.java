package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.RawSocketClient;
import dev.weft.testkit.WebSocketClient;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RawSocketTest {
    private static final byte[] CALL = "[48,1,{},\"com.example.add\",[1,2]]".getBytes(StandardCharsets.UTF_8);

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

    @Test
    void aMessageGoesInAndOut() throws Exception {
        try (RawSocketClient client = RawSocketClient.connect(port)) {
            assertThat(client.handshake(15, 1)).isEqualTo(0x7FB10000);
            client.send(CALL);
            assertThat(client.receive())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(new String(CALL, StandardCharsets.UTF_8));
        }
    }

    @Test
    void aWebSocketSpeaksOnTheSamePort() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(port, "wamp.2.json")) {
            client.sendText(new String(CALL, StandardCharsets.UTF_8));
            assertThat(client.receive().payload())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(new String(CALL, StandardCharsets.UTF_8));
            client.send(WebSocketClient.FIN | WebSocketClient.CLOSE, new byte[] {3, (byte) 0xE8});
            assertThat(client.receive().closeCode()).isEqualTo(1000);
            assertThat(client.closedByPeer()).isTrue();
        }
    }
}
