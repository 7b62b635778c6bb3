package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.RawSocketClient;
import dev.weft.testkit.WebSocketClient;
import dev.weft.tls.CertificateFiles;
import dev.weft.tls.ClientAuth;
import dev.weft.tls.TlsEngine;
import dev.weft.tls.TlsSettings;
import dev.weft.tls.WatchedTls;
import dev.weft.wamp.SerializerId;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsAndUnixSocketTest {
    private static final byte[] CALL = Samples.call(SerializerId.JSON, "hello");

    private final EchoAcceptor echo = new EchoAcceptor();

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void bothTransportsRunOverTls(TlsEngine engine) throws Exception {
        SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
        CertificateFiles files =
                new CertificateFiles(Path.of(certificate.certificatePath()), Path.of(certificate.privateKeyPath()));
        WatchedTls tls = WatchedTls.load(settings(files, engine), InstantSource.system());
        byte[] large = Samples.callOfSize(200_000);
        try (TestListeners listeners = new TestListeners(echo)) {
            int port = listeners.open(Options.tls(tls));
            try (RawSocketClient client = RawSocketClient.over(tlsSocket(port))) {
                client.handshake(15, SerializerId.JSON.rawSocketId());
                client.send(large);
                assertThat(client.receive()).isEqualTo(large);
                client.sendBytes((byte) 0x70, (byte) 0, (byte) 0, (byte) 0);
                assertThat(client.closedByPeer()).isTrue();
            }
            try (WebSocketClient client = WebSocketClient.over(tlsSocket(port))) {
                client.request(WebSocketClient.upgrade("/ws", "wamp.2.json"));
                client.send(WebSocketClient.FIN | WebSocketClient.TEXT, CALL);
                assertThat(client.receive().payload()).isEqualTo(CALL);
                client.send(WebSocketClient.FIN | WebSocketClient.CLOSE, new byte[] {3, (byte) 0xE8});
                assertThat(client.receive().closeCode()).isEqualTo(1000);
                assertThat(client.closedByPeer()).isTrue();
            }
        } finally {
            certificate.delete();
        }
        assertThat(echo.connections)
                .extracting(Connection::transport)
                .containsExactly("rawsocket+tls", "websocket+tls");
    }

    private static TlsSettings settings(CertificateFiles files, TlsEngine engine) {
        return new TlsSettings(
                "test",
                List.of(files),
                List.of(),
                ClientAuth.NONE,
                TlsSettings.PROTOCOLS,
                TlsSettings.CIPHER_SUITES,
                engine,
                TlsSettings.RELOAD_INTERVAL);
    }

    @Test
    void aUnixSocketSpeaksBothTransportsAndItsFileComesAndGoes(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("weft.sock");
        try (TestListeners listeners = new TestListeners(echo)) {
            listeners.open(unix(path));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw----");
            try (RawSocketClient client = RawSocketClient.connect(path)) {
                client.handshake(15, SerializerId.JSON.rawSocketId());
                client.send(CALL);
                assertThat(client.receive()).isEqualTo(CALL);
            }
            assertThat(echo.connections.get(0).peer()).isEqualTo("unix");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void aSocketLeftBehindIsReplacedAndOneInUseIsNot(@TempDir Path directory) throws Exception {
        Path stale = directory.resolve("stale.sock");
        try (ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            gone.bind(UnixDomainSocketAddress.of(stale));
        }
        assertThat(stale).exists();
        Path used = directory.resolve("used.sock");
        Path file = Files.writeString(directory.resolve("file"), "precious");
        try (TestListeners listeners = new TestListeners(echo);
                ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listeners.open(unix(stale));
            RawSocketClient.connect(stale).close();
            other.bind(UnixDomainSocketAddress.of(used));
            assertThatThrownBy(() -> listeners.open(unix(used)))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("another process listens on");
            assertThatThrownBy(() -> listeners.open(unix(file))).hasMessageContaining("is no socket");
        }
        assertThat(file).hasContent("precious");
        assertThat(used).exists();
    }

    @Test
    void connectionsSpreadOverTheEventLoops() throws Exception {
        try (TestListeners listeners = new TestListeners(echo)) {
            int port = listeners.open();
            Set<Integer> lanes = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                RawSocketClient.open(port, SerializerId.JSON.rawSocketId()).close();
            }
            await().until(() -> echo.connections.size() == 4);
            echo.connections.forEach(connection -> lanes.add(connection.lane().index()));
            assertThat(lanes).containsExactlyInAnyOrder(0, 1);
        }
    }

    @Test
    void aPortInUseIsToldAndTheOtherListenerGoesOn() throws Exception {
        try (TestListeners listeners = new TestListeners(echo);
                TestListeners others = new TestListeners(echo)) {
            int port = listeners.open();
            ListenerOptions same = ListenerOptions.plain("same", new ListenerAddress.Tcp("127.0.0.1", port));
            assertThatThrownBy(() -> others.open(same)).isInstanceOf(ExecutionException.class);
            RawSocketClient.open(port, SerializerId.JSON.rawSocketId()).close();
        }
    }

    private static ListenerOptions unix(Path path) {
        return ListenerOptions.plain(
                "unix", new ListenerAddress.UnixSocket(path, ListenerAddress.UnixSocket.OWNER_AND_GROUP));
    }

    private static Socket tlsSocket(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return context.getSocketFactory().createSocket("127.0.0.1", port);
    }
}
