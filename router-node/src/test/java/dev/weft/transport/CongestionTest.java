package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.lane.Lane;
import dev.weft.link.RoutedMessage;
import dev.weft.testkit.RawSocketClient;
import dev.weft.wamp.SerializerId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CongestionTest {
    /** A lane that is congested until the test says otherwise. */
    private static final class SlowLane implements Lane {
        private volatile boolean congested = true;

        @Override
        public void send(RoutedMessage message, Lane from) {}

        @Override
        public boolean isCongested() {
            return congested;
        }

        @Override
        public String name() {
            return "slow";
        }
    }

    @Test
    void aConnectionThatFeedsACongestedLaneIsReadAgainWhenTheLaneHasRoom() throws Exception {
        EchoAcceptor echo = new EchoAcceptor();
        SlowLane slow = new SlowLane();
        byte[] call = Samples.callOfSize(1000);
        try (TestListeners listeners = new TestListeners(echo)) {
            int port = listeners.open();
            try (RawSocketClient client = RawSocketClient.open(port, SerializerId.JSON.rawSocketId())) {
                client.send(call);
                assertThat(client.receive()).isEqualTo(call);
                Connection connection = echo.connections.get(0);
                CompletableFuture<Void> paused = new CompletableFuture<>();
                connection.lane().run(() -> {
                    connection.waitFor(slow);
                    paused.complete(null);
                });
                paused.get(10, TimeUnit.SECONDS);
                client.send(call);
                await().during(Duration.ofMillis(200)).until(() -> echo.sends.size() == 1);
                slow.congested = false;
                assertThat(client.receive()).isEqualTo(call);
            }
        }
    }
}
