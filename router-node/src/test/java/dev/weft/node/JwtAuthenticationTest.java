package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.testkit.WebSocketClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients with JSON Web Tokens, good ones and bad ones. */
class JwtAuthenticationTest {
    @TempDir
    private static Path directory;

    private static RSAKey rsa;
    private static ECKey ec;
    private static RSAKey stranger;
    private static HttpServer issuer;
    private static final AtomicInteger fetches = new AtomicInteger();
    private static volatile String published;
    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        stranger = new RSAKeyGenerator(2048).keyID("rsa").generate();
        published = new JWKSet(List.of(rsa, ec)).toPublicJWKSet().toString();
        Files.writeString(directory.resolve("keys.json"), published);
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
        node = RouterNode.start(NodeConfigs.of("""
                listeners: [{address: "127.0.0.1:0"}]
                authentication: {failures-per-address: 0}
                realms:
                - uri: filed
                  roles: [{name: user}]
                  auth:
                    methods: [jwt]
                    jwt: {issuer: "https://login.example.com/", audience: [weft], keys-file: %s, roles: [user, admin],
                          realm-claim: realm}
                - uri: fetched
                  roles: [{name: user}]
                  auth:
                    methods: [jwt]
                    jwt: {issuer: "https://login.example.com/", audience: [weft], roles: [user],
                          keys-url: "http://127.0.0.1:%d/keys", authid-claim: email, default-role: user}
                """.formatted(
                        directory.resolve("keys.json"), issuer.getAddress().getPort())));
    }

    @AfterAll
    static void stop() {
        node.stop();
        issuer.stop(0);
    }

    private static int port() {
        String address = node.addresses().get(0).address();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://login.example.com/")
                .audience(List.of("other", "weft"))
                .subject("alice")
                .claim("email", "alice@example.com")
                .claim("role", "user")
                .claim("realm", "filed")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    private static String signed(JWSAlgorithm algorithm, String kid, JWSSigner signer, JWTClaimsSet claims)
            throws Exception {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(kid).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String good(JWTClaimsSet.Builder claims) throws Exception {
        return signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa), claims.build());
    }

    private static String typed(String type) throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa")
                .type(new JOSEObjectType(type))
                .build();
        SignedJWT token = new SignedJWT(header, claims().build());
        token.sign(new RSASSASigner(rsa));
        return token.serialize();
    }

    private static WampMessage join(String realm, String token) throws IOException {
        try (TestClient client = TestClient.connect(port(), Framing.WEBSOCKET, SerializerId.JSON)) {
            client.send(Claimant.hello(realm, null, Map.of("token", token), "jwt"));
            return client.receive();
        }
    }

    @Test
    void aGoodTokenIsEnough() throws Exception {
        for (String token :
                List.of(good(claims()), signed(JWSAlgorithm.ES256, "ec", new ECDSASigner(ec), claims().build()))) {
            WampMessage answer = join("filed", token);
            assertThat(answer).isInstanceOf(Welcome.class);
            assertThat(((Welcome) answer).details())
                    .containsEntry("authid", "alice")
                    .containsEntry("authrole", "user")
                    .containsEntry("authmethod", "jwt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"})
    void aTokenMaySayThatItIsAnAccessToken(String type) throws Exception {
        assertThat(join("filed", typed(type))).isInstanceOf(Welcome.class);
    }

    @Test
    void aTokenGivesNoNameWithControlCharacters() throws Exception {
        WampMessage answer = join("filed", good(claims().subject("root\u202e\u001b[2J")));
        assertThat(answer).isInstanceOf(Abort.class);
        assertThat(((Abort) answer).reason()).isEqualTo("wamp.error.invalid_argument");
        assertThat(((Abort) answer).details())
                .containsEntry("message", "the authid or the role has control characters");
    }

    @Test
    void aTokenMayBeTheAnswerToAChallenge() throws Exception {
        try (TestClient client = TestClient.connect(port(), Framing.RAWSOCKET, SerializerId.CBOR)) {
            client.send(Claimant.hello("filed", "mallory", Map.of(), "jwt"));
            client.expect(Challenge.class);
            client.send(new Authenticate(good(claims()), Map.of()));
            assertThat(client.expect(Welcome.class).details()).containsEntry("authid", "alice");
        }
    }

    @Test
    void aTokenMayComeWithTheRequestForAWebSocket() throws Exception {
        try (WebSocketClient client = WebSocketClient.connect(port())) {
            String upgrade = WebSocketClient.upgrade("/ws", "wamp.2.json");
            client.request(
                    upgrade.replaceFirst("\r\n\r\n", "\r\nAuthorization: Bearer " + good(claims()) + "\r\n\r\n"));
            byte[] hello = "[1,\"filed\",{\"roles\":{\"caller\":{}}}]".getBytes(StandardCharsets.UTF_8);
            client.send(WebSocketClient.FIN | WebSocketClient.TEXT, hello);
            assertThat(new String(client.receive().payload(), StandardCharsets.UTF_8))
                    .startsWith("[2,")
                    .contains("\"alice\"");
        }
    }

    @Test
    void badTokensAreAllRefusedInTheSameWords() throws Exception {
        Instant now = Instant.now();
        byte[] publicKey = rsa.toRSAPublicKey().getEncoded();
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("nothing", "");
        bad.put("no token", "a.b.c");
        bad.put("alg none", new PlainJWT(claims().build()).serialize());
        bad.put(
                "the public key as a secret",
                signed(JWSAlgorithm.HS256, "rsa", new MACSigner(publicKey), claims().build()));
        bad.put("an algorithm not allowed", signed(JWSAlgorithm.RS512, "rsa", new RSASSASigner(rsa), claims().build()));
        bad.put("another key", signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(stranger), claims().build()));
        bad.put(
                "an unknown key",
                signed(JWSAlgorithm.RS256, "../../etc", new RSASSASigner(stranger), claims().build()));
        bad.put("a key of its own", ownKey());
        bad.put("another issuer", good(claims().issuer("https://login.example.com")));
        bad.put("another audience", good(claims().audience("other")));
        bad.put("no audience", good(claims().audience((String) null)));
        bad.put("expired", good(claims().expirationTime(Date.from(now.minusSeconds(60)))));
        bad.put("for ever", good(claims().expirationTime(null)));
        bad.put(
                "for ever by a claim that is null",
                good(claims().serializeNullClaims(true).expirationTime(null)));
        bad.put("not yet", good(claims().notBeforeTime(Date.from(now.plusSeconds(60)))));
        bad.put("nobody", good(claims().subject(null)));
        bad.put("an empty name", good(claims().subject("")));
        bad.put("no role", good(claims().claim("role", null)));
        bad.put("a role not to be given", good(claims().claim("role", "root")));
        bad.put("another realm", good(claims().claim("realm", "fetched")));
        bad.put("for logging out", typed("logout+jwt"));
        bad.put("a proof of possession", typed("dpop+jwt"));
        String token = good(claims());
        bad.put(
                "changed",
                token.substring(0, token.lastIndexOf('.') - 2) + "AA" + token.substring(token.lastIndexOf('.')));
        bad.put("unsigned", token.substring(0, token.lastIndexOf('.') + 1));
        for (Map.Entry<String, String> one : bad.entrySet()) {
            WampMessage answer = join("filed", one.getValue());
            assertThat(answer).as(one.getKey()).isInstanceOf(Abort.class);
            assertThat(((Abort) answer).reason()).as(one.getKey()).isEqualTo("wamp.error.authentication_denied");
            assertThat(((Abort) answer).details())
                    .as(one.getKey())
                    .isEqualTo(Map.of("message", "the proof of identity was not accepted"));
        }
    }

    /** The issuer is asked once more for a key that it may have had made since; not for every one that somebody makes up. */
    @Test
    void keysThatDoNotExistAreRefusedAsOthersAreHoweverManyAreNamed() throws Exception {
        assertThat(join("fetched", good(claims()))).isInstanceOf(Welcome.class);
        int before = fetches.get();
        for (int i = 0; i < 20; i++) {
            String madeUp = signed(JWSAlgorithm.RS256, "made up " + i, new RSASSASigner(stranger), claims().build());
            WampMessage answer = join("fetched", madeUp);
            assertThat(answer).as("number %d", i).isInstanceOf(Abort.class);
            assertThat(((Abort) answer).reason()).as("number %d", i).isEqualTo("wamp.error.authentication_denied");
        }
        assertThat(fetches.get() - before).isLessThanOrEqualTo(4);
        assertThat(join("fetched", good(claims()))).isInstanceOf(Welcome.class);
    }

    private static String ownKey() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .jwk(stranger.toPublicJWK())
                .build();
        SignedJWT token = new SignedJWT(header, claims().build());
        token.sign(new RSASSASigner(stranger));
        return token.serialize();
    }

    @Test
    void keysAreFetchedRotateAndAreKeptWhileTheIssuerIsAway() throws Exception {
        RSAKey next = new RSAKeyGenerator(2048).keyID("next").generate();
        assertThat(join("fetched", good(claims()))).isInstanceOf(Welcome.class);
        published = new JWKSet(List.of(rsa, next)).toPublicJWKSet().toString();
        String rotated = signed(JWSAlgorithm.RS256, "next", new RSASSASigner(next), claims().build());
        WampMessage answer = join("fetched", rotated);
        assertThat(answer).isInstanceOf(Welcome.class);
        assertThat(((Welcome) answer).details()).containsEntry("authid", "alice@example.com");
        published = "not a key set";
        assertThat(join("fetched", rotated)).isInstanceOf(Welcome.class);
    }
}
