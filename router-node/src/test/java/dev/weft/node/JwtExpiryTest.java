package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.LongPollClient;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Welcome;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions end with the tokens that let their clients in, and not before. */
class JwtExpiryTest {
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);

    @TempDir
    private static Path directory;

    private static ECKey issuer;
    private static RunningNode node;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        issuer = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        Path keys = Files.writeString(
                directory.resolve("keys.json"),
                new JWKSet(issuer).toPublicJWKSet().toString());
        String realm = """
                - uri: %s
                  roles: [{name: user, permissions: [{uri: com., match: prefix, allow: [call, publish, subscribe]}]}]
                  auth:
                    methods: [jwt]
                    jwt: {issuer: "https://login.example.com/", audience: [weft], keys-file: %s, roles: [user], %s}
                """;
        node = RouterNode.start(NodeConfigs.of("""
                listeners:
                - {address: "127.0.0.1:0"}
                - {type: http, address: "127.0.0.1:0", longpoll: {path: /lp}}
                admin: {address: "127.0.0.1:0"}
                drain: {spread: 0s}
                realms:
                """
                + realm.formatted("exact", keys, "leeway: 0s")
                + realm.formatted("lenient", keys, "leeway: 3s, end-at-expiry: true")
                + realm.formatted("outlived", keys, "leeway: 0s, end-at-expiry: false")));
        http = LongPollClient.http();
        // The first takes longer than a token is good for where much else is going on.
        join(Framing.WEBSOCKET, "exact", Instant.now().plusSeconds(600)).close();
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    private static TestClient join(Framing framing, String realm, Instant expiry) throws Exception {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        TestClient client = TestClient.connect(port, framing, SerializerId.JSON);
        client.send(Claimant.hello(realm, null, Map.of("token", token(expiry)), "jwt"));
        client.expect(Welcome.class);
        return client;
    }

    private static String token(Instant expiry) throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("https://login.example.com/")
                .audience("weft")
                .subject("tom")
                .claim("role", "user")
                .expirationTime(Date.from(expiry))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(), claims);
        token.sign(new ECDSASigner(issuer));
        return token.serialize();
    }

    /** Tokens know whole seconds: between two and three seconds from now. */
    private static Instant soon() {
        return Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
    }

    private static void hasExpired(Goodbye goodbye, Instant expiry) {
        assertThat(Instant.now()).isAfterOrEqualTo(expiry);
        assertThat(goodbye.reason()).isEqualTo("weft.close.token_expired");
        assertThat(goodbye.details()).containsEntry("message", "the token has expired: join again, with a new one");
    }

    private static String metrics() throws Exception {
        URI uri = URI.create("http://" + node.adminAddress().orElseThrow() + "/metrics");
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static double closedAsExpired() throws Exception {
        String series = "weft_connections_closed_total{reason=\"token-expired\"} ";
        return metrics()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    private static URI bridge() {
        return URI.create(node.addresses().get(1).urls().get(0));
    }

    @ParameterizedTest
    @EnumSource(names = {"RAWSOCKET", "WEBSOCKET", "WEBSOCKET_BATCH"})
    void aSessionEndsWhenItsTokenHasExpired(Framing framing) throws Exception {
        double before = closedAsExpired();
        Instant expiry = soon();
        try (TestClient client = join(framing, "exact", expiry)) {
            hasExpired(client.expect(Goodbye.class), expiry);
            client.send(new Goodbye(Map.of(), "wamp.close.goodbye_and_out"));
            await().untilAsserted(() -> assertThat(closedAsExpired()).isEqualTo(before + 1));
        }
    }

    @Test
    void aSessionByLongPollEndsWhenItsTokenHasExpired() throws Exception {
        URI base = URI.create(bridge() + "/lp");
        LongPollClient client = LongPollClient.open(http, base, "wamp.2.json");
        Instant expiry = soon();
        client.send(base, Claimant.hello("exact", null, Map.of("token", token(expiry)), "jwt"));
        client.expect(base, Welcome.class);
        hasExpired(client.expect(base, Goodbye.class), expiry);
    }

    @Test
    void aStreamOfEventsEndsWhenItsTokenHasExpired() throws Exception {
        Instant expiry = soon();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        bridge().resolve("/subscribe?realm=exact&topic=com.example.news"))
                .header("Authorization", "Bearer " + token(expiry));
        HttpResponse<InputStream> stream = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith(": subscription ");
        assertThat(Instant.now()).isAfterOrEqualTo(expiry);
        assertThat(http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aSessionLastsAsLongAsItsTokenIsTakenWhichIsTheLeewayLonger() throws Exception {
        // Over already when it is shown; taken for two to three seconds more.
        Instant expiry = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (TestClient client = join(Framing.WEBSOCKET, "lenient", expiry)) {
            hasExpired(client.expect(Goodbye.class), expiry.plusSeconds(3));
        }
    }

    @Test
    void aSessionOutlivesItsTokenWhereTheRealmSaysSo() throws Exception {
        Instant expiry = soon();
        try (TestClient outliving = join(Framing.WEBSOCKET, "outlived", expiry);
                TestClient other = join(Framing.WEBSOCKET, "exact", expiry.plusSeconds(1))) {
            hasExpired(other.expect(Goodbye.class), expiry.plusSeconds(1));
            isThere(outliving);
        }
    }

    @Test
    void aTokenThatIsGoodForLongEndsNothing() throws Exception {
        Instant now = Instant.now();
        Instant latest = Instant.ofEpochSecond(Long.MAX_VALUE / 1000).minusSeconds(600);
        List<TestClient> lasting = new ArrayList<>();
        for (Instant far : List.of(
                now.plusSeconds(600), now.plus(90, ChronoUnit.DAYS), now.plus(365_000, ChronoUnit.DAYS), latest)) {
            lasting.add(join(Framing.RAWSOCKET, "exact", far));
            lasting.add(join(Framing.RAWSOCKET, "lenient", far));
        }
        Instant expiry = soon();
        try (TestClient other = join(Framing.RAWSOCKET, "exact", expiry)) {
            hasExpired(other.expect(Goodbye.class), expiry);
        }
        for (TestClient each : lasting) {
            isThere(each);
            each.close();
        }
    }

    @Test
    void theNextSessionOnAConnectionHasTheTimeOfItsOwnToken() throws Exception {
        Instant expiry = soon();
        try (TestClient client = join(Framing.RAWSOCKET, "exact", expiry);
                TestClient other = join(Framing.RAWSOCKET, "exact", expiry.plusSeconds(1))) {
            client.leave();
            Instant later = expiry.plusSeconds(600);
            client.send(Claimant.hello("exact", null, Map.of("token", token(later)), "jwt"));
            client.expect(Welcome.class);
            hasExpired(other.expect(Goodbye.class), expiry.plusSeconds(1));
            // Another session, so its requests count from 1 again.
            client.send(new Publish(1, ACKNOWLEDGED, "com.example.x", Payload.EMPTY));
            client.expect(Published.class);
        }
    }

    private static void isThere(TestClient client) throws Exception {
        client.send(new Publish(client.nextRequest(), ACKNOWLEDGED, "com.example.x", Payload.EMPTY));
        client.expect(Published.class);
    }
}
