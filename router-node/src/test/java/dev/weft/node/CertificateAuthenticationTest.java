package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.auth.credential.Ed25519Identity;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.testkit.Certificates;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.testkit.TlsClients;
import dev.weft.tls.CertificateFiles;
import dev.weft.tls.TlsEngine;
import dev.weft.tls.TlsExporter;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.Hello;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that have shown a certificate, and a proof that is bound to the router's; whatever speaks TLS. */
@ParameterizedClass
@EnumSource(TlsEngine.class)
class CertificateAuthenticationTest {
    private static final byte[] SALT = "sixteen octets..".getBytes(StandardCharsets.UTF_8);

    private static final String PRIVATE_KEY = "4d57d97a68f555696620a6d849c0ce582568518d729eb753dc7c732de2804510";
    private static final String PUBLIC_KEY = Ed25519Identity.parse(PRIVATE_KEY).publicKey();

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static RunningNode node;

    /** JUnit wants a place for what start() is given. */
    @Parameter
    @SuppressWarnings("UnusedVariable")
    private TlsEngine engine;

    @BeforeParameterizedClassInvocation
    static void start(TlsEngine engine) throws Exception {
        certificates = new Certificates(Files.createTempDirectory(directory, "certificates"));
        Path authority = certificates.authority("ca");
        certificates.signed("server", "ca");
        certificates.signed("alice", "ca", "-ext", "san=dns:alice.example.com,email:alice@example.com");
        certificates.signed("device-7", "ca");
        Files.writeString(directory.resolve("principals.yaml"), """
                principals:
                - {authid: alice, role: user, certificates: ["dns:alice.example.com"]}
                - {authid: user, role: user, scram: "%s"}
                - {authid: kim, role: user, public-keys: [%s]}
                """.formatted(
                        ScramCredential.of("pencil", ScramCredential.Kdf.PBKDF2, 4096, 0, SALT)
                                .text(),
                        PUBLIC_KEY));
        node = RouterNode.start(NodeConfigs.of("""
                listeners:
                - {address: "127.0.0.1:0", tls: {certificate: %s, key: %s, client-auth: request, trust: [%s], engine: %s}}
                authentication: {failures-per-address: 0}
                realms:
                - {uri: named, roles: [{name: user}], auth: {methods: [tls, wamp-scram, cryptosign], principals: [%s]}}
                - {uri: ruled, roles: [{name: device}], auth: {methods: [tls], certificates: {authid: cn, role: device}}}
                """.formatted(
                        certificates.certificate("server"),
                        certificates.key("server"),
                        authority,
                        engine.name().toLowerCase(Locale.ROOT),
                        directory.resolve("principals.yaml"))));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        node.stop();
    }

    private static int port() {
        String address = node.addresses().get(0).address();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static WampMessage join(TlsClients clients, Hello hello) throws Exception {
        try (TestClient client = TestClient.over(clients.connect(port()), SerializerId.MSGPACK)) {
            client.send(hello);
            return client.receive();
        }
    }

    private static TlsClients with(String name) throws Exception {
        return TlsClients.with(new CertificateFiles(certificates.certificate(name), certificates.key(name)));
    }

    @Test
    void aPrincipalIsKnownByANameInItsCertificate() throws Exception {
        WampMessage answer = join(with("alice"), Claimant.hello("named", "mallory", Map.of(), "tls"));
        assertThat(((Welcome) answer).details())
                .containsEntry("authid", "alice")
                .containsEntry("authrole", "user")
                .containsEntry("authmethod", "tls");
    }

    @Test
    void aCertificateIsEnoughForAClientThatOffersNothing() throws Exception {
        WampMessage answer = join(with("device-7"), new Hello("ruled", Map.of("roles", Map.of("caller", Map.of()))));
        assertThat(((Welcome) answer).details())
                .containsEntry("authid", "device-7")
                .containsEntry("authrole", "device");
    }

    @Test
    void aCertificateThatNobodyHasIsRefused() throws Exception {
        WampMessage answer = join(with("device-7"), Claimant.hello("named", "alice", Map.of(), "tls"));
        assertThat(((Abort) answer).reason()).isEqualTo("wamp.error.authentication_denied");
    }

    @Test
    void withoutACertificateTheMethodCannotBeUsed() throws Exception {
        WampMessage answer = join(TlsClients.nobody(), Claimant.hello("named", "alice", Map.of(), "tls"));
        assertThat(((Abort) answer).reason()).isEqualTo("wamp.error.no_matching_auth_method");
    }

    @Test
    void aProofIsBoundToTheCertificateOfTheRouter() throws Exception {
        assertThat(bound(new byte[0])).isInstanceOf(Welcome.class);
        assertThat(bound(new byte[] {1})).isInstanceOf(Abort.class);
    }

    /** @param more what a router in the middle would have had another certificate by */
    private static WampMessage bound(byte[] more) throws Exception {
        SSLSocket socket = TlsClients.nobody().connect(port());
        X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        String algorithm = shown.getSigAlgName().startsWith("SHA384") ? "SHA-384" : "SHA-256";
        MessageDigest digest = MessageDigest.getInstance(algorithm);
        digest.update(shown.getEncoded());
        return proved(socket, "tls-server-end-point", digest.digest(more));
    }

    private static WampMessage proved(SSLSocket socket, String type, byte[] data) throws Exception {
        try (TestClient client = TestClient.over(socket, SerializerId.MSGPACK)) {
            client.send(Claimant.hello(
                    "named", "user", Map.of("nonce", Claimant.NONCE, "channel_binding", type), "wamp-scram"));
            client.send(Claimant.bound(client.expect(Challenge.class), "user", "pencil", type, data));
            return client.receive();
        }
    }

    @Test
    void aProofIsBoundToTheTlsConnectionThatItIsSentOver() throws Exception {
        assumeTrue(TlsExporter.isAvailable() && engine == TlsEngine.JDK, "needs Java 25 and its own TLS");
        SSLSocket own = TlsClients.nobody().connect(port());
        SSLSocket other = TlsClients.nobody().connect(port());
        assertThat(proved(own, "tls-exporter", exported(own))).isInstanceOf(Welcome.class);
        assertThat(proved(TlsClients.nobody().connect(port()), "tls-exporter", exported(other)))
                .isInstanceOf(Abort.class);
    }

    private static byte[] exported(SSLSocket channel) {
        return TlsExporter.export(channel.getSession(), "EXPORTER-Channel-Binding", 32);
    }

    @Test
    void aSignatureIsBoundToTheTlsConnectionThatItIsSentOver() throws Exception {
        assumeTrue(TlsExporter.isAvailable() && engine == TlsEngine.JDK, "needs Java 25 and its own TLS");
        SSLSocket own = TlsClients.nobody().connect(port());
        assertThat(own.getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(signedFor(own, own, "tls-exporter")).isInstanceOf(Welcome.class);
        SSLSocket other = TlsClients.nobody().connect(port());
        assertThat(signedFor(TlsClients.nobody().connect(port()), other, "tls-exporter"))
                .isInstanceOf(Abort.class);
        assertThat(signedFor(TlsClients.nobody().connect(port()), null, "tls-exporter"))
                .isInstanceOf(Abort.class);
    }

    /** It was asked for, so a router that does not have it must not go on without. */
    @Test
    void aBindingThatTheConnectionDoesNotHaveIsRefusedWithWhatThereIs() throws Exception {
        SSLParameters older = new SSLParameters();
        older.setProtocols(new String[] {"TLSv1.2"});
        SSLParameters newest = new SSLParameters();
        newest.setProtocols(new String[] {"TLSv1.3"});
        Map<String, SSLSocket> refused = new LinkedHashMap<>();
        refused.put("tls-unique", TlsClients.nobody().connect(port()));
        refused.put("tls-exporter", TlsClients.nobody().connect(port(), engine == TlsEngine.JDK ? older : newest));
        for (Map.Entry<String, SSLSocket> one : refused.entrySet()) {
            Abort abort = (Abort) signedFor(one.getValue(), null, one.getKey());
            assertThat(abort.reason()).isEqualTo("wamp.error.invalid_argument");
            assertThat(abort.details().get("message"))
                    .isEqualTo("authextra.channel_binding: for cryptosign there is only tls-exporter"
                            + (TlsExporter.isAvailable()
                                    ? " over TLS 1.3 of engine: jdk"
                                    : ", if the router runs on Java 25 or later"));
        }
    }

    /** @param channel over which the client believes to be; null if it does not combine what it signs with any */
    private static WampMessage signedFor(SSLSocket socket, SSLSocket channel, String type) throws Exception {
        try (TestClient client = TestClient.over(socket, SerializerId.MSGPACK)) {
            client.send(Claimant.hello(
                    "named", "kim", Map.of("pubkey", PUBLIC_KEY, "channel_binding", type), "cryptosign"));
            WampMessage first = client.receive();
            if (!(first instanceof Challenge challenge)) {
                return first;
            }
            assertThat(challenge.extra()).containsEntry("channel_binding", type);
            byte[] message = HexFormat.of().parseHex((String) challenge.extra().get("challenge"));
            byte[] id = channel == null ? new byte[message.length] : exported(channel);
            for (int i = 0; i < message.length; i++) {
                message[i] ^= id[i];
            }
            String signature =
                    Claimant.sign(PRIVATE_KEY, message) + HexFormat.of().formatHex(message);
            client.send(new Authenticate(signature, Map.of()));
            return client.receive();
        }
    }
}
