package dev.weft.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.HostPort;
import dev.weft.testkit.Certificates;
import dev.weft.testkit.StaticAdminNode;
import dev.weft.testkit.TlsClients;
import dev.weft.tls.CertificateFiles;
import dev.weft.tls.TlsSettings;
import dev.weft.tls.WatchedTls;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask at the admin port. */
class AdminAccessTest {
    private static final String TOKEN = "a token of some length";

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path directory;

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void withATokenOnlyHealthIsToldToThoseWhoDoNotShowIt() throws Exception {
        int port = open(new AdminAccess(TOKEN, null));
        assertThat(ask(port, "/readyz", "")).startsWith("HTTP/1.1 200");
        assertThat(ask(port, "/healthz", "")).startsWith("HTTP/1.1 200");
        assertThat(ask(port, "/startupz", "")).startsWith("HTTP/1.1 200");
        assertThat(ask(port, "/livez", "")).startsWith("HTTP/1.1 200");
        assertThat(ask(port, "/cluster/members", "")).startsWith("HTTP/1.1 401").contains("Bearer");
        assertThat(ask(port, "/metrics", "")).startsWith("HTTP/1.1 401");
        assertThat(ask(port, "/nothing", "")).startsWith("HTTP/1.1 401");
        assertThat(ask(port, "/cluster/members", "Authorization: Bearer another token\r\n"))
                .startsWith("HTTP/1.1 401");
        assertThat(ask(port, "/cluster/members", "Authorization: " + TOKEN + "\r\n"))
                .startsWith("HTTP/1.1 401");
        assertThat(ask(port, "/cluster/members", "Authorization: Bearer " + TOKEN + "\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void withATokenItMayBeAskedByAnyNameButNotByAWebPage() throws Exception {
        int port = open(new AdminAccess(TOKEN, null));
        String shown = "Authorization: Bearer " + TOKEN + "\r\n";
        assertThat(ask(port, "/cluster/members", shown, "weft-0.example")).startsWith("HTTP/1.1 200");
        assertThat(ask(port, "/cluster/members", shown + "Origin: https://example.com\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(ask(open(AdminAccess.OPEN), "/cluster/members", "", "weft-0.example"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void whereACertificateIsRequiredOthersAreTurnedAway() throws Exception {
        Certificates certificates = certificates();
        int port = open(new AdminAccess(null, tls(certificates)));
        CertificateFiles client = new CertificateFiles(certificates.certificate("client"), certificates.key("client"));
        try (Socket socket = TlsClients.with(client).connect(port)) {
            assertThat(ask(socket, "/cluster/members", "", "weft-0.example")).startsWith("HTTP/1.1 200");
        }
        assertThatThrownBy(() -> ask(TlsClients.nobody().connect(port), "/readyz", "", "localhost"))
                .isInstanceOf(IOException.class);
        try (Socket clear = new Socket("127.0.0.1", port)) {
            assertThat(saysNothing(clear)).isTrue();
        }
    }

    private static boolean saysNothing(Socket socket) throws IOException {
        try {
            return !ask(socket, "/readyz", "", "localhost").startsWith("HTTP");
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void itsCertificateChangesWithoutARestart() throws Exception {
        Certificates certificates = certificates();
        WatchedTls tls = tls(certificates);
        int port = open(new AdminAccess(null, tls));
        CertificateFiles client = new CertificateFiles(certificates.certificate("client"), certificates.key("client"));
        assertThat(TlsClients.with(client).shown(port)).isEqualTo("CN=admin");
        for (String suffix : new String[] {".key", ".crt"}) {
            Files.copy(
                    directory.resolve("renewed" + suffix),
                    directory.resolve("admin" + suffix),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        tls.check();
        assertThat(TlsClients.with(client).shown(port)).isEqualTo("CN=renewed");
    }

    private Certificates certificates() throws Exception {
        Certificates certificates = new Certificates(directory);
        certificates.authority("ca");
        certificates.signed("admin", "ca");
        certificates.signed("renewed", "ca");
        certificates.signed("client", "ca");
        return certificates;
    }

    private static WatchedTls tls(Certificates certificates) throws Exception {
        CertificateFiles files = new CertificateFiles(certificates.certificate("admin"), certificates.key("admin"));
        return WatchedTls.load(
                TlsSettings.mutual("admin", files, certificates.certificate("ca")), InstantSource.system());
    }

    private int open(AdminAccess access) throws Exception {
        StaticAdminNode node = new StaticAdminNode();
        HostPort bound = new AdminServer(vertx, node, node, node, access)
                .listen(new HostPort("127.0.0.1", 0))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return bound.port();
    }

    private static String ask(int port, String path, String headers) throws IOException {
        return ask(port, path, headers, "localhost");
    }

    private static String ask(int port, String path, String headers, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return ask(socket, path, headers, host);
        }
    }

    private static String ask(Socket socket, String path, String headers, String host) throws IOException {
        socket.setSoTimeout(10_000);
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
