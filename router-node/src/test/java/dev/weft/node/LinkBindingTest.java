package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.HostPort;
import dev.weft.node.cli.LocalPorts;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

final class LinkBindingTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void aFreePortIsKeptFromOthersUntilItIsListenedAt() throws IOException {
        int port;
        try (LinkBinding binding = new LinkBinding(new HostPort("127.0.0.1", 0))) {
            port = binding.address().port();
            assertThat(port).isPositive();
            assertThatThrownBy(() -> listen(port)).isInstanceOf(BindException.class);
            assertThatThrownBy(() -> new Socket(LOOPBACK, port)).isInstanceOf(ConnectException.class);
        }
        listen(port);
    }

    private static void listen(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port));
        }
    }

    @Test
    void aPortThatIsConfiguredIsLeftAlone() throws IOException {
        int port = LocalPorts.free(1).get(0);
        try (LinkBinding binding = new LinkBinding(new HostPort("127.0.0.1", port))) {
            assertThat(binding.address().port()).isEqualTo(port);
            listen(port);
        }
    }

    @Test
    void anAddressThatIsNotHereIsNamed() {
        assertThatThrownBy(() -> new LinkBinding(new HostPort("192.0.2.1", 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.1:0");
    }
}
