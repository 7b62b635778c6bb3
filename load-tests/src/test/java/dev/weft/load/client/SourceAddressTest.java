package dev.weft.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.SerializerId;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SourceAddressTest {
    @Test
    void aCrowdOnLoopbackComesFromSeveralAddressesSoThatItsPortsSuffice() throws Exception {
        List<String> sources = new ArrayList<>();
        try (ServerSocket router = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                Connector connector = new Connector("realm1", 2)) {
            router.setSoTimeout((int) TimeUnit.SECONDS.toMillis(10));
            Endpoint endpoint = Endpoint.parse("rs://127.0.0.1:" + router.getLocalPort());
            List<Socket> accepted = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                CompletableFuture.runAsync(() -> connector.connect(endpoint, SerializerId.MSGPACK), connector.loop())
                        .get(10, TimeUnit.SECONDS);
                accepted.add(router.accept());
                sources.add(accepted.get(i).getInetAddress().getHostAddress());
            }
            for (Socket each : accepted) {
                each.close();
            }
        }

        assertThat(sources).containsExactly("127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.2", "127.0.0.3");
    }
}
