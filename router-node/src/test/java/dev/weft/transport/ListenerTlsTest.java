package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.Certificates;
import dev.weft.testkit.RawSocketClient;
import dev.weft.testkit.TlsClients;
import dev.weft.tls.CertificateFiles;
import dev.weft.tls.ClientAuth;
import dev.weft.tls.TlsEngine;
import dev.weft.tls.TlsProblem;
import dev.weft.tls.TlsSettings;
import dev.weft.tls.TlsStatus;
import dev.weft.tls.TlsWatch;
import dev.weft.tls.WatchedTls;
import dev.weft.wamp.SerializerId;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listener shows and asks for over TLS, and what happens when its files change; whatever speaks TLS. */
@ParameterizedClass
@EnumSource(TlsEngine.class)
class ListenerTlsTest {
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final byte[] CALL = Samples.call(SerializerId.JSON, "hello");

    @TempDir
    private static Path directory;

    private static Certificates certificates;

    @Parameter
    private TlsEngine engine;

    @TempDir
    private Path files;

    private final EchoAcceptor echo = new EchoAcceptor();

    @BeforeAll
    static void certificates() throws Exception {
        certificates = new Certificates(Files.createTempDirectory(directory, "certificates"));
        certificates.authority("ca", "-startdate", "-30d", "-validity", "90");
        certificates.authority("other-ca");
        certificates.signed("first", "ca", "-ext", "san=dns:first.example");
        certificates.signed("second", "ca", "-ext", "san=dns:second.example,dns:*.second.example");
        certificates.signed("client", "ca");
        certificates.signed("rsa", "ca", "-keyalg", "RSA", "-ext", "san=dns:rsa.example");
        certificates.signed("stranger", "other-ca");
        certificates.signed("expired", "ca", "-startdate", "-10d", "-validity", "5");
    }

    @Test
    void aClientIsShownTheCertificateForTheNameThatItAsksFor() throws Exception {
        try (TestListeners listeners = new TestListeners(echo)) {
            int port = listeners.open(Options.tls(
                    load(List.of(of("first"), of("second")), List.of(), ClientAuth.NONE, TlsSettings.PROTOCOLS)));
            assertThat(TlsClients.nobody().shown(port, "first.example")).isEqualTo("CN=first");
            assertThat(TlsClients.nobody().shown(port, "SECOND.example")).isEqualTo("CN=second");
            assertThat(TlsClients.nobody().shown(port, "any.second.example")).isEqualTo("CN=second");
            assertThat(TlsClients.nobody().shown(port, "a.b.second.example")).isEqualTo("CN=first");
            assertThat(TlsClients.nobody().shown(port, "unknown.example")).isEqualTo("CN=first");
            assertThat(TlsClients.nobody().shown(port)).isEqualTo("CN=first");
        }
    }

    /** BoringSSL speaks all suites of TLS 1.3, whatever is configured; the JDK does not. */
    @Test
    void theEngineThatIsAskedForSpeaks() throws Exception {
        TlsSettings settings = new TlsSettings(
                "test",
                List.of(of("first")),
                List.of(),
                ClientAuth.NONE,
                TlsSettings.PROTOCOLS,
                List.of("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
                engine,
                OFTEN);
        SSLParameters other = new SSLParameters(new String[] {"TLS_AES_128_GCM_SHA256"});
        other.setProtocols(new String[] {"TLSv1.3"});
        try (TestListeners listeners = new TestListeners(echo)) {
            int port = listeners.open(Options.tls(WatchedTls.load(settings, InstantSource.system())));
            if (engine == TlsEngine.OPENSSL) {
                TlsClients.nobody().connect(port, other).close();
            } else {
                assertThatThrownBy(() -> TlsClients.nobody().connect(port, other))
                        .isInstanceOf(SSLException.class);
            }
        }
    }

    @Test
    void keysMayBeOfRsa() throws Exception {
        try (TestListeners listeners = new TestListeners(echo)) {
            int port = listeners.open(
                    Options.tls(load(List.of(of("rsa")), List.of(), ClientAuth.NONE, TlsSettings.PROTOCOLS)));
            assertThat(TlsClients.nobody().shown(port)).isEqualTo("CN=rsa");
        }
    }

    @Test
    void ofTwoKindsOfKeysAClientIsShownTheOneThatItCanUseOrBothAreRefused() throws Exception {
        List<CertificateFiles> both = List.of(of("first"), of("rsa"));
        if (engine == TlsEngine.OPENSSL) {
            assertThatThrownBy(() -> load(both, List.of(), ClientAuth.NONE, TlsSettings.PROTOCOLS))
                    .isInstanceOf(TlsProblem.class)
                    .hasMessageContaining("keys of the kinds EC and RSA: use one kind, or engine: jdk");
            return;
        }
        try (TestListeners listeners = new TestListeners(echo)) {
            int port = listeners.open(Options.tls(load(both, List.of(), ClientAuth.NONE, TlsSettings.PROTOCOLS)));
            SSLParameters rsaOnly = new SSLParameters(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
            rsaOnly.setProtocols(new String[] {"TLSv1.2"});
            try (SSLSocket socket = TlsClients.nobody().connect(port, rsaOnly)) {
                assertThat(TlsClients.subject(socket)).isEqualTo("CN=rsa");
            }
            assertThat(TlsClients.nobody().shown(port)).isEqualTo("CN=first");
        }
    }

    @Test
    void changedFilesAreUsedFromThenOnAndOpenConnectionsStay() throws Exception {
        put("first");
        WatchedTls tls = load(List.of(current()), List.of(), ClientAuth.NONE, TlsSettings.PROTOCOLS);
        try (TestListeners listeners = new TestListeners(echo);
                TlsWatch watch = new TlsWatch()) {
            int port = listeners.open(Options.tls(tls));
            watch.add(tls);
            try (RawSocketClient client =
                    RawSocketClient.over(TlsClients.nobody().connect(port))) {
                client.handshake(15, SerializerId.JSON.rawSocketId());
                put("second");
                await().until(() -> tls.status().reloads() == 1);
                for (int eachLoop = 0; eachLoop < 4; eachLoop++) {
                    assertThat(TlsClients.nobody().shown(port)).isEqualTo("CN=second");
                }
                client.send(CALL);
                assertThat(client.receive()).isEqualTo(CALL);
            }
        }
        assertThat(tls.status().certificates())
                .extracting(TlsStatus.Shown::subject)
                .containsExactly("CN=second");
    }

    /** As Kubernetes changes a mounted secret: the files are links through a link, which is replaced. */
    @Test
    void aDirectoryLinkThatIsTurnedIsSeen() throws Exception {
        Path data = files.resolve("..data");
        Path one = Files.createDirectory(files.resolve("..one"));
        Path two = Files.createDirectory(files.resolve("..two"));
        copy("first", one);
        copy("second", two);
        Files.createSymbolicLink(data, one);
        for (String name : List.of("tls.crt", "tls.key")) {
            Files.createSymbolicLink(files.resolve(name), data.resolve(name));
        }
        WatchedTls tls = load(List.of(current()), List.of(), ClientAuth.NONE, TlsSettings.PROTOCOLS);
        try (TestListeners listeners = new TestListeners(echo);
                TlsWatch watch = new TlsWatch()) {
            int port = listeners.open(Options.tls(tls));
            watch.add(tls);
            assertThat(TlsClients.nobody().shown(port)).isEqualTo("CN=first");
            Path turned = Files.createSymbolicLink(files.resolve("..data_tmp"), two);
            Files.move(turned, data, StandardCopyOption.ATOMIC_MOVE);
            await().until(() -> TlsClients.nobody().shown(port).equals("CN=second"));
        }
        assertThat(tls.status().refused()).isZero();
    }

    @Test
    void badNewFilesAreRefusedAndTheEarlierOnesStay() throws Exception {
        put("first");
        WatchedTls tls = load(List.of(current()), List.of(), ClientAuth.NONE, TlsSettings.PROTOCOLS);
        try (TestListeners listeners = new TestListeners(echo)) {
            int port = listeners.open(Options.tls(tls));
            Files.writeString(files.resolve("tls.crt"), "nonsense");
            refused(tls, 1, "tls.crt has no certificate");
            Files.copy(
                    certificates.certificate("second"), files.resolve("tls.crt"), StandardCopyOption.REPLACE_EXISTING);
            refused(tls, 2, "tls.key is not the key of the certificate");
            put("expired");
            refused(tls, 3, "tls.crt has expired: CN=expired was valid until");
            Files.delete(files.resolve("tls.key"));
            refused(tls, 4, "there is no file");
            assertThat(TlsClients.nobody().shown(port)).isEqualTo("CN=first");
            put("second");
            tls.check();
            assertThat(tls.status().reloads()).isEqualTo(1);
            assertThat(tls.status().problem()).isNull();
            assertThat(TlsClients.nobody().shown(port)).isEqualTo("CN=second");
        }
    }

    private static void refused(WatchedTls tls, int times, String problem) {
        tls.check();
        tls.check();
        assertThat(tls.status().refused()).isEqualTo(times);
        assertThat(tls.status().problem()).contains(problem);
    }

    @Test
    void aClientMustShowACertificateWhereOneIsRequired() throws Exception {
        WatchedTls tls = load(
                List.of(of("first")),
                List.of(certificates.certificate("ca")),
                ClientAuth.REQUIRE,
                TlsSettings.PROTOCOLS);
        try (TestListeners listeners = new TestListeners(echo)) {
            int port = listeners.open(Options.tls(tls));
            assertThat(echoes(TlsClients.with(of("client")), port).get(0).getSubjectX500Principal())
                    .hasToString("CN=client");
            isTurnedAway(TlsClients.nobody(), port);
            isTurnedAway(TlsClients.with(of("stranger")), port);
            Instant whenItWasValid = Instant.now().minus(Duration.ofDays(7));
            isTurnedAway(TlsClients.with(of("expired"), whenItWasValid), port);
        }
        assertThat(echo.connections).hasSize(1);
    }

    @Test
    void aClientMayShowACertificateWhereOneIsRequested() throws Exception {
        WatchedTls tls = load(
                List.of(of("first")),
                List.of(certificates.certificate("ca")),
                ClientAuth.REQUEST,
                TlsSettings.PROTOCOLS);
        try (TestListeners listeners = new TestListeners(echo)) {
            int port = listeners.open(Options.tls(tls));
            assertThat(echoes(TlsClients.nobody(), port)).isEmpty();
            assertThat(echoes(TlsClients.with(of("client")), port)).hasSize(2);
            isTurnedAway(TlsClients.with(of("stranger")), port);
        }
    }

    @Test
    void whoIsTrustedNoMoreCannotGoOnWithAnEarlierTlsSession() throws Exception {
        Path trust = Files.copy(certificates.certificate("ca"), files.resolve("trust.crt"));
        WatchedTls tls = load(List.of(of("first")), List.of(trust), ClientAuth.REQUIRE, TlsSettings.PROTOCOLS);
        try (TestListeners listeners = new TestListeners(echo);
                TlsWatch watch = new TlsWatch()) {
            int port = listeners.open(Options.tls(tls));
            watch.add(tls);
            TlsClients client = TlsClients.with(of("client"));
            echoes(client, port);
            Files.copy(certificates.certificate("other-ca"), trust, StandardCopyOption.REPLACE_EXISTING);
            await().until(() -> tls.status().reloads() == 1);
            isTurnedAway(client, port);
            echoes(TlsClients.with(of("stranger")), port);
        }
    }

    @Test
    void oldVersionsAndWeakCipherSuitesAreRefused() throws Exception {
        try (TestListeners listeners = new TestListeners(echo)) {
            int modern = listeners.open(
                    Options.tls(load(List.of(of("first")), List.of(), ClientAuth.NONE, Set.of("TLSv1.3"))));
            int usual = listeners.open(
                    Options.tls(load(List.of(of("first")), List.of(), ClientAuth.NONE, TlsSettings.PROTOCOLS)));
            SSLParameters old = new SSLParameters();
            old.setProtocols(new String[] {"TLSv1.2"});
            assertThatThrownBy(() -> TlsClients.nobody().connect(modern, old)).isInstanceOf(SSLException.class);
            TlsClients.nobody().connect(usual, old).close();
            SSLParameters weak = new SSLParameters(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
            weak.setProtocols(new String[] {"TLSv1.2"});
            assertThatThrownBy(() -> TlsClients.nobody().connect(usual, weak)).isInstanceOf(SSLException.class);
        }
    }

    /** As Python's asyncio does: it ends TLS, and then waits for the end of the other side's before it closes its socket. */
    @Test
    void aPeerThatEndsTlsIsGoneThoughItsSocketIsOpen() throws Exception {
        WatchedTls tls = load(List.of(of("first")), List.of(), ClientAuth.NONE, TlsSettings.PROTOCOLS);
        try (TestListeners listeners = new TestListeners(echo);
                Socket open = new Socket("127.0.0.1", listeners.open(Options.tls(tls)))) {
            SSLSocket socket = TlsClients.nobody().over(open);
            RawSocketClient raw = RawSocketClient.over(socket);
            raw.handshake(15, SerializerId.JSON.rawSocketId());
            raw.send(CALL);
            assertThat(raw.receive()).isEqualTo(CALL);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(open.isOutputShutdown()).isFalse();
            await().until(() -> echo.ends.equals(List.of(CloseReason.TRANSPORT_CLOSED)));
        }
    }

    /** What the listener has seen of the client's certificates. */
    private List<X509Certificate> echoes(TlsClients client, int port) throws Exception {
        try (RawSocketClient raw = RawSocketClient.over(client.connect(port))) {
            raw.handshake(15, SerializerId.JSON.rawSocketId());
            raw.send(CALL);
            assertThat(raw.receive()).isEqualTo(CALL);
            return echo.connections.get(echo.connections.size() - 1).peerCertificates();
        }
    }

    /** With TLS 1.3 a client learns that its certificate is refused when it reads what should come next. */
    private static void isTurnedAway(TlsClients client, int port) {
        assertThatThrownBy(() -> {
                    try (SSLSocket socket = client.connect(port)) {
                        socket.getOutputStream().write(new byte[] {0x7F, (byte) 0xF1, 0, 0});
                        if (socket.getInputStream().read() < 0) {
                            throw new IOException("closed");
                        }
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private WatchedTls load(List<CertificateFiles> shown, List<Path> trust, ClientAuth asked, Set<String> protocols)
            throws Exception {
        TlsSettings settings =
                new TlsSettings("test", shown, trust, asked, protocols, TlsSettings.CIPHER_SUITES, engine, OFTEN);
        return WatchedTls.load(settings, InstantSource.system());
    }

    private static CertificateFiles of(String name) {
        return new CertificateFiles(certificates.certificate(name), certificates.key(name));
    }

    private CertificateFiles current() {
        return new CertificateFiles(files.resolve("tls.crt"), files.resolve("tls.key"));
    }

    private void put(String name) throws IOException {
        copy(name, files);
    }

    /** The key first: with the certificate the pair is complete. */
    private static void copy(String name, Path to) throws IOException {
        Files.copy(certificates.key(name), to.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(certificates.certificate(name), to.resolve("tls.crt"), StandardCopyOption.REPLACE_EXISTING);
    }
}
