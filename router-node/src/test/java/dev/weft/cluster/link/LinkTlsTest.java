package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.link.LinkSecret;
import dev.weft.link.NodeId;
import dev.weft.link.RejectReason;
import dev.weft.testkit.Certificates;
import dev.weft.testkit.TcpProxy;
import dev.weft.tls.CertificateFiles;
import dev.weft.tls.ClientAuth;
import dev.weft.tls.TlsEngine;
import dev.weft.tls.TlsProblem;
import dev.weft.tls.TlsSettings;
import dev.weft.tls.WatchedTls;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Links over TLS: who has the right certificate, and who has not; whatever speaks TLS. */
@ParameterizedClass
@EnumSource(TlsEngine.class)
class LinkTlsTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @TempDir
    private static Path directory;

    private static Certificates certificates;

    @Parameter
    private TlsEngine engine;

    @BeforeAll
    static void certificates() throws Exception {
        certificates = new Certificates(Files.createTempDirectory(directory, "certificates"));
        certificates.authority("ca", "-startdate", "-30d", "-validity", "90");
        certificates.authority("other-ca");
        certificates.signed("a", "ca");
        certificates.signed("b-by-dns", "ca", "-ext", "san=dns:x,dns:b");
        certificates.signed("test", "ca");
        certificates.signed("mallory", "ca");
        certificates.signed("expired", "ca", "-startdate", "-10d", "-validity", "5", "-ext", "san=dns:a");
        certificates.signed("stranger", "other-ca", "-ext", "san=dns:a");
    }

    @Test
    void nodesWhoseCertificatesNameThemHaveALinkWithoutASecret() throws Exception {
        linked("a", "b-by-dns", "");
    }

    @Test
    void aCertificateMayNameTheCluster() throws Exception {
        linked("test", "test", "");
    }

    @Test
    void bothEnginesUnderstandEachOther() throws Exception {
        CertificateFiles one = new CertificateFiles(certificates.certificate("a"), certificates.key("a"));
        TlsEngine other = engine == TlsEngine.JDK ? TlsEngine.OPENSSL : TlsEngine.JDK;
        WatchedTls theOther =
                WatchedTls.load(mutual(one, certificates.certificate("ca"), other), InstantSource.system());
        try (TestNode a = node("a", theOther, "");
                TestNode b = node("b", tls("b-by-dns", "ca"), "")) {
            TestNode.link(a, b);
        }
    }

    @Test
    void withASecretBothAreAskedFor() throws Exception {
        linked("a", "b-by-dns", "secret");
        try (TestNode a = node("a", tls("a", "ca"), "secret");
                TestNode b = node("b", tls("b-by-dns", "ca"), "other")) {
            refused(a, b, RejectReason.SECRET);
        }
    }

    private void linked(String one, String other, String secret) throws Exception {
        try (TestNode a = node("a", tls(one, "ca"), secret);
                TestNode b = node("b", tls(other, "ca"), secret)) {
            TestNode.link(a, b);
            LinkTraffic there = new LinkTraffic(a, b).start();
            LinkTraffic back = new LinkTraffic(b, a).start();
            Awaitility.await().atMost(TestNode.SOON).until(() -> there.arrived() > 1000 && back.arrived() > 1000);
            there.stop();
            back.stop();
            there.assertComplete("TLS");
            back.assertComplete("TLS");
        }
    }

    @Test
    void aLinkOverTlsGoesOnOverAnotherConnection() throws Exception {
        try (TestNode a = node("a", tls("a", "ca"), "");
                TestNode b = node("b", tls("b-by-dns", "ca"), "");
                TcpProxy proxy = new TcpProxy(b.port, 1)) {
            a.links.wanted(Map.of(b.id(), proxy.address()));
            b.wants(a);
            a.awaitUps(1);
            b.awaitUps(1);
            LinkTraffic there = new LinkTraffic(a, b).start();
            LinkTraffic back = new LinkTraffic(b, a).start();
            for (int cut = 1; cut <= 20; cut++) {
                proxy.cut();
                a.awaitResumes(cut);
                b.awaitResumes(cut);
            }
            there.stop();
            back.stop();
            there.assertComplete("TLS");
            back.assertComplete("TLS");
            assertThat(a.downs).isEmpty();
            assertThat(b.downs).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnotherNodeIsRefused() throws Exception {
        try (TestNode a = node("a", tls("mallory", "ca"), "");
                TestNode b = node("b", tls("b-by-dns", "ca"), "")) {
            refused(a, b, RejectReason.CERTIFICATE);
        }
        try (TestNode a = node("a", tls("a", "ca"), "");
                TestNode b = node("b", tls("mallory", "ca"), "")) {
            refused(a, b, RejectReason.CERTIFICATE);
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws Exception {
        try (TestNode a = node("a", tls("stranger", "ca"), "");
                TestNode b = node("b", tls("b-by-dns", "ca"), "")) {
            refused(a, b, RejectReason.CERTIFICATE);
        }
        try (TestNode a = node("a", tls("a", "other-ca"), "");
                TestNode b = node("b", tls("b-by-dns", "ca"), "")) {
            refused(a, b, RejectReason.CERTIFICATE);
        }
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        InstantSource whenItWasValid = InstantSource.fixed(Instant.now().minus(Duration.ofDays(7)));
        try (TestNode a = node("a", tls("expired", "ca", whenItWasValid), "");
                TestNode b = node("b", tls("b-by-dns", "ca"), "")) {
            refused(a, b, RejectReason.CERTIFICATE);
        }
    }

    @Test
    void aChangedCertificateIsShownFromTheNextConnectionOn(@TempDir Path files) throws Exception {
        CertificateFiles current = new CertificateFiles(files.resolve("link.crt"), files.resolve("link.key"));
        put("b-by-dns", current);
        WatchedTls changing =
                WatchedTls.load(mutual(current, certificates.certificate("ca"), engine), InstantSource.system());
        try (TestNode a = node("a", tls("a", "ca"), "");
                TestNode b = node("b", changing, "");
                TcpProxy proxy = new TcpProxy(b.port, 1)) {
            a.links.wanted(Map.of(b.id(), proxy.address()));
            b.wants(a);
            a.awaitUps(1);
            put("mallory", current);
            changing.check();
            assertThat(changing.status().reloads()).isEqualTo(1);
            assertThat(b.links.isLinked(a.id())).isTrue();
            proxy.cut();
            Awaitility.await().atMost(AT_ONCE).until(() -> a.links.counters().rejects(RejectReason.CERTIFICATE) > 0);
            put("b-by-dns", current);
            changing.check();
            Awaitility.await().atMost(TestNode.SOON).until(() -> a.links.isLinked(b.id()) && b.links.isLinked(a.id()));
        }
    }

    private static void put(String name, CertificateFiles to) throws IOException {
        Files.copy(certificates.key(name), to.key(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(certificates.certificate(name), to.certificate(), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aPeerWithoutACertificateIsRefused() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        try (InputStream ca = Files.newInputStream(certificates.certificate("ca"))) {
            authorities.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
        }
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (TestNode b = node("b", tls("b-by-dns", "ca"), "");
                Socket nobody = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), b.port)) {
            nobody.setSoTimeout((int) AT_ONCE.toMillis());
            assertThatThrownBy(() -> {
                        nobody.getOutputStream().write(RawPeer.bytes(RawPeer.hello("a")));
                        nobody.getInputStream().read();
                    })
                    .isInstanceOfAny(SSLException.class, SocketException.class);
            Awaitility.await().atMost(AT_ONCE).until(() -> b.links.counters().rejects(RejectReason.CERTIFICATE) == 1);
            assertThat(b.ups).isEmpty();
        }
    }

    @Test
    void aPeerInTheClearIsRefused() throws Exception {
        try (TestNode a = TestNode.named("a");
                TestNode b = node("b", tls("b-by-dns", "ca"), "secret")) {
            refused(a, b, RejectReason.CERTIFICATE);
        }
    }

    @Test
    void aPeerWithTlsIsRefusedInTheClear() throws Exception {
        try (TestNode a = node("a", tls("a", "ca"), "secret");
                TestNode b = TestNode.named("b")) {
            refused(a, b, RejectReason.MALFORMED);
        }
    }

    @Test
    void whoOpensAConnectionAndSaysNothingIsSentAway() throws Exception {
        try (TestNode b = node("b", tls("b-by-dns", "ca"), "");
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), b.port)) {
            silent.setSoTimeout(10_000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void withoutASecretAndWithTlsItMayListenEverywhere() throws Exception {
        LinkOptions none = options("b", null, "");
        LinkOptions tls = options("b", tls("b-by-dns", "ca"), "");
        Vertx vertx = Vertx.vertx();
        try {
            new LinkSupervisor(vertx, everywhere(tls), null);
            assertThatThrownBy(() -> new LinkSupervisor(vertx, everywhere(none), null))
                    .isInstanceOf(IllegalArgumentException.class);
        } finally {
            vertx.close();
        }
    }

    private static LinkOptions everywhere(LinkOptions options) {
        return new LinkOptions(
                options.node(),
                options.cluster(),
                options.secret(),
                "0.0.0.0",
                0,
                options.times(),
                options.limits(),
                options.tls());
    }

    /** The one that refuses counts it, soon, and there is no link. */
    private static void refused(TestNode a, TestNode b, RejectReason reason) {
        a.wants(b);
        b.wants(a);
        Awaitility.await()
                .atMost(AT_ONCE)
                .until(() ->
                        a.links.counters().rejects(reason) + b.links.counters().rejects(reason) > 2);
        assertThat(a.ups).isEmpty();
        assertThat(b.ups).isEmpty();
    }

    private static TlsSettings mutual(CertificateFiles certificate, Path trust, TlsEngine engine) {
        return new TlsSettings(
                "links",
                List.of(certificate),
                List.of(trust),
                ClientAuth.REQUIRE,
                TlsSettings.PROTOCOLS,
                TlsSettings.CIPHER_SUITES,
                engine,
                TlsSettings.RELOAD_INTERVAL);
    }

    private WatchedTls tls(String name, String authority) throws TlsProblem {
        return tls(name, authority, InstantSource.system());
    }

    private WatchedTls tls(String name, String authority, InstantSource clock) throws TlsProblem {
        CertificateFiles files = new CertificateFiles(certificates.certificate(name), certificates.key(name));
        return WatchedTls.load(mutual(files, certificates.certificate(authority), engine), clock);
    }

    private static TestNode node(String name, WatchedTls tls, String secret) throws Exception {
        return new TestNode(options(name, tls, secret));
    }

    private static LinkOptions options(String name, WatchedTls tls, String secret) {
        LinkSecret shared = new LinkSecret(secret.getBytes(StandardCharsets.UTF_8));
        return new LinkOptions(
                new NodeId(name, 1), "test", shared, "127.0.0.1", 0, TestNode.TIMES, LinkLimits.DEFAULT, tls);
    }
}
