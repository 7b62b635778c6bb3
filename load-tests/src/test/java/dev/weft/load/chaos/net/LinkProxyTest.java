package dev.weft.load.chaos.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.link.HandshakeCodec;
import dev.weft.link.LinkHello;
import dev.weft.link.LinkVersions;
import dev.weft.link.NodeId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** node-1 connects to node-2 through the proxy, and so does node-3. */
class LinkProxyTest {
    private static final Pair FIRST_AND_SECOND = new Pair(0, 1);
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 300;

    private final LoopbackNetwork network = LoopbackNetwork.create(3);
    private final LinkProxy proxy = LinkProxy.start(network, List.of("node-1", "node-2", "node-3"));
    private final ServerSocket second = new ServerSocket();

    LinkProxyTest() throws IOException {}

    @BeforeEach
    void listen() throws IOException {
        second.bind(network.endpoints(1).link());
        second.setSoTimeout(PATIENCE_MILLIS);
    }

    @AfterEach
    void close() throws IOException {
        second.close();
        proxy.close();
    }

    @Test
    void whatIsSentArrivesInBothDirections() throws IOException {
        try (Socket near = connect("node-1");
                Socket far = second.accept()) {
            byte[] octets = new byte[3_000_000];
            new Random(1).nextBytes(octets);
            Thread sender = new Thread(() -> send(near, octets));
            sender.start();
            far.getInputStream().skipNBytes(hello("node-1").length);
            assertThat(far.getInputStream().readNBytes(octets.length)).isEqualTo(octets);
            send(far, new byte[] {1, 2, 3});
            assertThat(near.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aConnectionIsResetWithinAFrame() throws IOException {
        proxy.resetAfter(FIRST_AND_SECOND, hello("node-1").length + 100L);
        try (Socket near = connect("node-1");
                Socket far = second.accept()) {
            send(near, new byte[1_000]);
            assertThat(far.getInputStream().readNBytes(hello("node-1").length + 100))
                    .hasSize(hello("node-1").length + 100);
            assertThatThrownBy(() -> far.getInputStream().read()).hasMessageContaining("reset");
            assertThatThrownBy(() -> near.getInputStream().read()).hasMessageContaining("reset");
        }
    }

    @Test
    void aLinkThatIsRefusedIsCutAndOthersAreNot() throws IOException {
        try (Socket near = connect("node-1");
                Socket cut = second.accept();
                Socket other = connect("node-3");
                Socket whole = second.accept()) {
            proxy.refuse(FIRST_AND_SECOND);
            assertThatThrownBy(() -> near.getInputStream().read()).hasMessageContaining("reset");
            cut.getInputStream().skipNBytes(hello("node-1").length);
            assertThatThrownBy(() -> cut.getInputStream().read()).hasMessageContaining("reset");
            try (Socket again = connect("node-1")) {
                assertThatThrownBy(() -> again.getInputStream().read()).isInstanceOf(IOException.class);
            }
            send(whole, new byte[] {7});
            assertThat(other.getInputStream().read()).isEqualTo(7);
            proxy.restore(FIRST_AND_SECOND);
            try (Socket again = connect("node-1");
                    Socket accepted = second.accept()) {
                send(accepted, new byte[] {8});
                assertThat(again.getInputStream().read()).isEqualTo(8);
            }
        }
    }

    @Test
    void whatIsSentOverAStalledLinkArrivesWhenItIsRestored() throws IOException {
        try (Socket near = connect("node-1");
                Socket far = second.accept()) {
            far.getInputStream().skipNBytes(hello("node-1").length);
            proxy.stall(FIRST_AND_SECOND);
            settle();
            send(near, new byte[] {1, 2});
            far.setSoTimeout(SILENCE_MILLIS);
            assertThatThrownBy(() -> far.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            proxy.restore(FIRST_AND_SECOND);
            far.setSoTimeout(PATIENCE_MILLIS);
            assertThat(far.getInputStream().readNBytes(2)).containsExactly(1, 2);
        }
    }

    @Test
    void aSlowLinkHasItsDelayAndItsBandwidth() throws IOException {
        try (Socket near = connect("node-1");
                Socket far = second.accept()) {
            far.getInputStream().skipNBytes(hello("node-1").length);
            proxy.slow(FIRST_AND_SECOND, Duration.ofMillis(200), 100_000);
            settle();
            long start = System.nanoTime();
            send(near, new byte[10_000]);
            far.getInputStream().readNBytes(10_000);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(300L, 5_000L);
        }
    }

    @Test
    void whoIsNoNodeIsTurnedAway() throws IOException {
        try (Socket near = connect("stranger")) {
            assertThatThrownBy(() -> near.getInputStream().read()).isInstanceOf(IOException.class);
        }
    }

    /** What was asked of the proxy is in force once it has passed something of another link on. */
    private void settle() throws IOException {
        try (Socket near = connect("node-3");
                Socket far = second.accept()) {
            far.getInputStream().skipNBytes(hello("node-3").length);
            send(near, new byte[] {9});
            assertThat(far.getInputStream().read()).isEqualTo(9);
        }
    }

    private Socket connect(String name) throws IOException {
        InetSocketAddress address = network.endpoints(1).linkProxy();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        send(socket, hello(name));
        return socket;
    }

    private static void send(Socket socket, byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static byte[] hello(String name) {
        ByteBuf frame = Unpooled.buffer();
        HandshakeCodec.encode(
                new LinkHello(new LinkVersions(1, 1), "test", new NodeId(name, 1), new byte[LinkHello.NONCE_BYTES]),
                frame);
        byte[] octets = new byte[frame.readableBytes()];
        frame.readBytes(octets);
        return octets;
    }
}
