package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.auth.credential.ScramCredential;
import dev.weft.testkit.Certificates;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.testkit.TlsClients;
import dev.weft.tls.CertificateFiles;
import dev.weft.wamp.Abort;
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
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that have shown a certificate, and a proof that is bound to the router's. */
class CertificateAuthenticationTest {
    private static final byte[] SALT = "sixteen octets..".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        certificates = new Certificates(directory);
        Path authority = certificates.authority("ca");
        certificates.signed("server", "ca");
        certificates.signed("alice", "ca", "-ext", "san=dns:alice.example.com,email:alice@example.com");
        certificates.signed("device-7", "ca");
        Files.writeString(directory.resolve("principals.yaml"), """
                principals:
                - {authid: alice, role: user, certificates: ["dns:alice.example.com"]}
                - {authid: user, role: user, scram: "%s"}
                """.formatted(
                        ScramCredential.of("pencil", ScramCredential.Kdf.PBKDF2, 4096, 0, SALT)
                                .text()));
        node = RouterNode.start(NodeConfigs.of("""
                listeners:
                - {address: "127.0.0.1:0", tls: {certificate: %s, key: %s, client-auth: request, trust: [%s]}}
                authentication: {failures-per-address: 0}
                realms:
                - {uri: named, roles: [{name: user}], auth: {methods: [tls, wamp-scram], principals: [%s]}}
                - {uri: ruled, roles: [{name: device}], auth: {methods: [tls], certificates: {authid: cn, role: device}}}
                """.formatted(
                        certificates.certificate("server"),
                        certificates.key("server"),
                        authority,
                        directory.resolve("principals.yaml"))));
    }

    @AfterAll
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
        byte[] hash = digest.digest(more);
        try (TestClient client = TestClient.over(socket, SerializerId.MSGPACK)) {
            client.send(Claimant.hello(
                    "named",
                    "user",
                    Map.of("nonce", Claimant.NONCE, "channel_binding", "tls-server-end-point"),
                    "wamp-scram"));
            client.send(Claimant.bound(client.expect(Challenge.class), "user", "pencil", hash));
            return client.receive();
        }
    }
}
