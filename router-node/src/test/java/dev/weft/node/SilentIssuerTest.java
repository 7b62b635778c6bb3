package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weft.auth.credential.Ed25519Identity;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Hello;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An issuer that is asked for its keys and does not answer. */
class SilentIssuerTest {
    private static final String SECRET = "ab".repeat(32);
    private static final int PATIENCE_MILLIS = 10_000;

    @TempDir
    private Path directory;

    @Test
    void holdsUpNobodyWhoComesWithoutItsTokens() throws Exception {
        Path principals = directory.resolve("principals.yaml");
        Files.writeString(
                principals, """
                principals: [{authid: kim, role: user, public-keys: ["%s"]}]
                """.formatted(Ed25519Identity.parse(SECRET).publicKey()));
        try (ServerSocket issuer = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            RunningNode node = RouterNode.start(NodeConfigs.of("""
                    listeners: [{address: "127.0.0.1:0"}]
                    authentication: {workers: 1}
                    realms:
                    - uri: tokens
                      roles: [{name: user}]
                      auth:
                        methods: [jwt]
                        jwt: {issuer: "https://login.example.com/", audience: [weft], roles: [user],
                              keys-url: "http://127.0.0.1:%d/keys"}
                    - uri: keys
                      roles: [{name: user}]
                      auth: {methods: [cryptosign], principals: [%s]}
                    """.formatted(issuer.getLocalPort(), principals)));
            try {
                othersLogIn(node, issuer);
            } finally {
                node.stop();
            }
        }
    }

    private static void othersLogIn(RunningNode node, ServerSocket issuer) throws Exception {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        assertThat(byKey(port)).isInstanceOf(Welcome.class);
        try (TestClient waiting = TestClient.connect(port, Framing.RAWSOCKET, SerializerId.JSON);
                WayToTheIssuer way = new WayToTheIssuer()) {
            waiting.send(Claimant.hello("tokens", null, Map.of("token", token()), "jwt"));
            way.awaitAsked();
            assertThat(byKey(port)).isInstanceOf(Welcome.class);
            way.close();
            issuer.setSoTimeout(PATIENCE_MILLIS);
            try (Socket asked = issuer.accept()) {
                readRequest(asked);
            }
        }
    }

    /**
     * Which proxy leads to the issuer is asked by who is about to ask the issuer, and not answered until this is closed. A node
     * waits for an issuer for two seconds, which another login may take on a machine that stalls; here nothing ends its wait.
     */
    private static final class WayToTheIssuer extends ProxySelector implements AutoCloseable {
        private final ProxySelector usual = ProxySelector.getDefault();
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch told = new CountDownLatch(1);

        private WayToTheIssuer() {
            ProxySelector.setDefault(this);
        }

        private void awaitAsked() throws InterruptedException {
            assertThat(asked.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        }

        @Override
        public List<Proxy> select(URI uri) {
            if (uri.getPath().equals("/keys")) {
                asked.countDown();
                awaitTold();
            }
            return usual.select(uri);
        }

        private void awaitTold() {
            try {
                told.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            usual.connectFailed(uri, address, failure);
        }

        @Override
        public void close() {
            ProxySelector.setDefault(usual);
            told.countDown();
        }
    }

    private static void readRequest(Socket asked) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(asked.getInputStream(), StandardCharsets.US_ASCII));
        assertThat(lines.readLine()).startsWith("GET /keys ");
    }

    private static WampMessage byKey(int port) throws IOException {
        Hello hello = Claimant.hello(
                "keys", "kim", Map.of("pubkey", Ed25519Identity.parse(SECRET).publicKey()), "cryptosign");
        try (TestClient client = TestClient.connect(port, Framing.RAWSOCKET, SerializerId.JSON)) {
            return Claimant.login(client, hello, SECRET);
        }
    }

    private static String token() throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(),
                new JWTClaimsSet.Builder()
                        .issuer("https://login.example.com/")
                        .audience(List.of("weft"))
                        .subject("alice")
                        .claim("role", "user")
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build());
        token.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));
        return token.serialize();
    }
}
