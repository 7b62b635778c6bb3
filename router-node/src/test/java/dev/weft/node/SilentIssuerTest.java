package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An issuer that is asked for its keys and says nothing. */
class SilentIssuerTest {
    private static final String SECRET = "ab".repeat(32);

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
        try (TestClient waiting = TestClient.connect(port, Framing.RAWSOCKET, SerializerId.JSON)) {
            waiting.send(Claimant.hello("tokens", null, Map.of("token", token()), "jwt"));
            try (Socket asked = issuer.accept()) {
                readRequest(asked);
                assertThat(byKey(port)).isInstanceOf(Welcome.class);
                isStillWaitedFor(asked);
            }
        }
    }

    private static void readRequest(Socket asked) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(asked.getInputStream(), StandardCharsets.US_ASCII));
        assertThat(lines.readLine()).startsWith("GET /keys ");
        String line = lines.readLine();
        while (!line.isEmpty()) {
            line = lines.readLine();
        }
    }

    private static void isStillWaitedFor(Socket asked) throws IOException {
        asked.setSoTimeout(1);
        assertThatThrownBy(() -> asked.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
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
