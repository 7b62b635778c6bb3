package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.RawSocketClient;
import dev.weft.wamp.SerializerId;
import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SlowConsumerTest {
    private static final int JSON = SerializerId.JSON.rawSocketId();

    @Test
    void aPeerThatDoesNotReadIsClosedWhenTooMuchWaitsAndItsNeighbourIsNot() throws Exception {
        EchoAcceptor echo = new EchoAcceptor();
        byte[] call = Samples.callOfSize(2000);
        try (TestListeners listeners = new TestListeners(echo)) {
            int port = listeners.open(Options.maxOutboundBytes(1 << 20));
            try (RawSocketClient neighbour = RawSocketClient.open(port, JSON);
                    RawSocketClient slow = RawSocketClient.open(port, JSON)) {
                sendUntilClosed(slow, call);
                await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.SLOW_CONSUMER));
                neighbour.send(call);
                assertThat(neighbour.receive()).isEqualTo(call);
            }
            assertThat(listeners.counters().connectionsClosed(CloseReason.SLOW_CONSUMER))
                    .isEqualTo(1);
        }
    }

    @Test
    void whenTooMuchWaitsForAllPeersTheOneForWhichMostWaitsIsClosed() throws Exception {
        EchoAcceptor echo = new EchoAcceptor();
        byte[] call = Samples.callOfSize(2000);
        try (TestListeners listeners = new TestListeners(echo, new OutboundMemory(4 << 20))) {
            int port = listeners.open(Options.maxOutboundBytes(1 << 30));
            try (RawSocketClient neighbour = RawSocketClient.open(port, JSON);
                    RawSocketClient slow = RawSocketClient.open(port, JSON)) {
                sendUntilClosed(slow, call);
                await().untilAsserted(() -> assertThat(echo.ends).containsExactly(CloseReason.OUTBOUND_MEMORY));
                neighbour.send(call);
                assertThat(neighbour.receive()).isEqualTo(call);
            }
            assertThat(listeners.counters().connectionsClosed(CloseReason.OUTBOUND_MEMORY))
                    .isEqualTo(1);
        }
    }

    @Test
    void aBurstToAPeerThatReadsIsNoReasonToCloseIt() throws Exception {
        EchoAcceptor echo = new EchoAcceptor();
        byte[] call = Samples.callOfSize(1000);
        int burst = 5000;
        try (TestListeners listeners = new TestListeners(echo)) {
            int port = listeners.open(Options.maxOutboundBytes(8 << 20));
            try (RawSocketClient client = RawSocketClient.open(port, JSON)) {
                for (int i = 0; i < burst; i++) {
                    client.send(call);
                }
                for (int i = 0; i < burst; i++) {
                    assertThat(client.receive()).isEqualTo(call);
                }
            }
            Awaitility.await().until(() -> !echo.ends.isEmpty());
        }
        assertThat(echo.ends).containsExactly(CloseReason.TRANSPORT_CLOSED);
    }

    private static void sendUntilClosed(RawSocketClient slow, byte[] call) {
        try {
            while (true) {
                slow.send(call);
            }
        } catch (IOException closed) {
            return;
        }
    }
}
