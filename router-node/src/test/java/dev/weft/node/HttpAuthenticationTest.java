package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weft.testkit.Certificates;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.testkit.TlsClients;
import dev.weft.tls.CertificateFiles;
import dev.weft.transport.Framing;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks the HTTP bridge, by a ticket, a token or a certificate: the same methods and the same answers as on sockets. */
class HttpAuthenticationTest {
    private static final String DENIED = "wamp.error.authentication_denied";

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static ECKey issuer;
    private static RunningNode node;
    private static HttpClient http;
    private static URI base;

    @BeforeAll
    static void start() throws Exception {
        certificates = new Certificates(directory);
        Path authority = certificates.authority("ca");
        certificates.signed("server", "ca");
        certificates.signed("device-7", "ca", "-ext", "san=dns:device-7.example.com");
        certificates.signed("unknown", "ca");
        issuer = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        Files.writeString(
                directory.resolve("keys.json"),
                new JWKSet(issuer).toPublicJWKSet().toString());
        Files.writeString(directory.resolve("principals.yaml"), """
                principals:
                - {authid: alice, role: user, ticket: "a ticket: with a colon"}
                - {authid: guessed, role: user, ticket: right}
                - {authid: carol, role: user, ticket: right}
                - {authid: device, role: device, certificates: ["dns:device-7.example.com"]}
                """);
        Files.writeString(directory.resolve("tickets.yaml"), "principals: [{authid: bob, role: user, ticket: right}]");
        node = RouterNode.start(NodeConfigs.of(configuration()
                .formatted(
                        certificates.certificate("server"),
                        certificates.key("server"),
                        authority,
                        directory,
                        directory,
                        directory)));
        base = URI.create(node.addresses().get(1).urls().get(0));
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static String configuration() {
        return """
                listeners:
                - {address: "127.0.0.1:0"}
                - {type: http, address: "127.0.0.1:0"}
                - {type: http, address: "127.0.0.1:0",
                   tls: {certificate: %s, key: %s, client-auth: request, trust: [%s]}}
                authentication: {failures-per-address: 0, failures-per-principal: 3, failure-window: 10m}
                realms:
                - uri: secured
                  meta-api: full
                  roles:
                  - {name: user, permissions: [{uri: "", match: prefix, allow: [call, publish, subscribe]}]}
                  - {name: device, permissions: [{uri: com.example.device, allow: [call]}]}
                  auth:
                    methods: [tls, jwt, ticket]
                    principals: [%s/principals.yaml]
                    jwt: {issuer: "https://login.example.com/", audience: [weft], keys-file: %s/keys.json,
                          roles: [user, device]}
                - uri: ticketed
                  roles: [{name: user}]
                  auth: {methods: [ticket], principals: [%s/tickets.yaml]}
                - uri: open
                  roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call]}]}]
                  auth: {methods: [anonymous]}
                """;
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    private static String token(String subject, String role, Instant expires) throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("https://login.example.com/")
                .audience("weft")
                .subject(subject)
                .claim("role", role)
                .expirationTime(Date.from(expires))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(), claims);
        token.sign(new ECDSASigner(issuer));
        return token.serialize();
    }

    private static String bearer(String role) throws Exception {
        return "Bearer " + token("tom", role, Instant.now().plusSeconds(600));
    }

    private static String basic(String authid, String ticket) {
        return "Basic " + Base64.getEncoder().encodeToString((authid + ":" + ticket).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> call(String procedure, String... authorization) throws Exception {
        return send("secured", procedure, authorization);
    }

    private static HttpResponse<String> send(String realm, String procedure, String... authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/call"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(realm, procedure)));
        for (String each : authorization) {
            request.header("Authorization", each);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String body(String realm, String procedure) {
        return "{\"realm\":\"" + realm + "\",\"procedure\":\"" + procedure + "\"}";
    }

    private static void isUnauthorized(HttpResponse<String> response, String... challenges) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenges);
    }

    @Test
    void aTicketByBasicLetsThePrincipalIn() throws Exception {
        HttpResponse<String> response = call("wamp.session.count", basic("alice", "a ticket: with a colon"));
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void aWrongTicketAndAnUnknownNameAreRefusedAlike() throws Exception {
        HttpResponse<String> wrong = send("ticketed", "wamp.session.count", basic("bob", "wrong"));
        isUnauthorized(wrong, "Basic realm=\"WAMP\", charset=\"UTF-8\"", "Bearer realm=\"WAMP\"");
        assertThat(wrong.body()).contains(DENIED, "the proof of identity was not accepted");
        for (String nobody : List.of("nobody", "alice", "x")) {
            HttpResponse<String> unknown = send("ticketed", "wamp.session.count", basic(nobody, "wrong"));
            assertThat(unknown.statusCode()).isEqualTo(401);
            assertThat(unknown.body()).isEqualTo(wrong.body());
            assertThat(unknown.headers().map()).isEqualTo(wrong.headers().map());
        }
    }

    @Test
    void aTokenByBearerLetsItsSubjectInWithItsRole() throws Exception {
        assertThat(call("com.example.device", bearer("device")).body()).contains("wamp.error.no_such_procedure");
        assertThat(call("com.example.other", bearer("device")).statusCode()).isEqualTo(403);
        assertThat(call("com.example.other", bearer("user")).body()).contains("wamp.error.no_such_procedure");
    }

    @Test
    void tokensThatAreNoGoodAreRefusedInTheSameWords() throws Exception {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("expired", token("tom", "user", Instant.now().minusSeconds(60)));
        bad.put("a role not to be given", token("tom", "admin", Instant.now().plusSeconds(60)));
        bad.put("no token", "x");
        String good = bearer("user");
        bad.put("unsigned", good.substring("Bearer ".length(), good.lastIndexOf('.') + 1));
        for (Map.Entry<String, String> one : bad.entrySet()) {
            HttpResponse<String> response = call("wamp.session.count", "Bearer " + one.getValue());
            isUnauthorized(
                    response,
                    "Basic realm=\"WAMP\", charset=\"UTF-8\"",
                    "Bearer realm=\"WAMP\", error=\"invalid_token\"");
            assertThat(response.body())
                    .as(one.getKey())
                    .contains(DENIED, "[\"the proof of identity was not accepted\"]");
        }
    }

    @Test
    void whoShowsNothingIsToldThatProofIsNeeded() throws Exception {
        HttpResponse<String> response = call("wamp.session.count");
        isUnauthorized(response, "Basic realm=\"WAMP\", charset=\"UTF-8\"", "Bearer realm=\"WAMP\"");
        assertThat(response.body()).contains("wamp.error.no_matching_auth_method");
    }

    @Test
    void authorizationThatCannotBeReadIsRefusedBeforeAnythingIsDone() throws Exception {
        for (String header : List.of("Digest username=alice", "Bearer ", "Basic !", "Basic YWxpY2U=", "Bearer")) {
            assertThat(call("wamp.session.count", header).statusCode())
                    .as(header)
                    .isEqualTo(401);
        }
        assertThat(call("wamp.session.count", bearer("user"), basic("alice", "a ticket: with a colon"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void theNextRequestOnAConnectionByAnotherClientIsNotMadeInTheSessionOfTheFirst() throws Exception {
        String user = bearer("user");
        assertThat(call("com.example.other", user).statusCode()).isEqualTo(404);
        assertThat(call("com.example.other", bearer("device")).statusCode()).isEqualTo(403);
        assertThat(call("com.example.other").statusCode()).isEqualTo(401);
        assertThat(call("com.example.other", user).statusCode()).isEqualTo(404);
    }

    @Test
    void aStreamOfEventsNeedsProofToo() throws Exception {
        URI stream = base.resolve("/subscribe?realm=secured&topic=com.example.news");
        HttpResponse<InputStream> refused =
                http.send(HttpRequest.newBuilder(stream).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(refused.statusCode()).isEqualTo(401);
        HttpResponse<InputStream> open = http.send(
                HttpRequest.newBuilder(stream)
                        .header("Authorization", bearer("user"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(open.statusCode()).isEqualTo(200);
        open.body().close();
    }

    @Test
    void attemptsAreLimitedTogetherWithThoseOfSockets() throws Exception {
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(call("wamp.session.count", basic("guessed", "wrong" + attempt))
                            .statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> late = call("wamp.session.count", basic("guessed", "right"));
        assertThat(late.statusCode()).isEqualTo(401);
        assertThat(late.body()).contains(DENIED, "too many attempts");
        assertThat(overWebSocket("guessed", "right")).isInstanceOf(Abort.class);
        assertThat(call("wamp.session.count", bearer("user")).statusCode()).isEqualTo(200);
    }

    private static WampMessage overWebSocket(String authid, String ticket) throws Exception {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try (TestClient client = TestClient.connect(port, Framing.WEBSOCKET, SerializerId.JSON)) {
            client.send(Claimant.hello("secured", authid, Map.of(), "ticket"));
            WampMessage answer = client.receive();
            if (answer instanceof Challenge) {
                client.send(new Authenticate(ticket, Map.of()));
                return client.receive();
            }
            return answer;
        }
    }

    @Test
    void aCertificateLetsItsPrincipalIn() throws Exception {
        TlsClients device = TlsClients.with(
                new CertificateFiles(certificates.certificate("device-7"), certificates.key("device-7")));
        assertThat(overTls(device, "com.example.device", "")).startsWith("HTTP/1.1 404 ");
        assertThat(overTls(device, "com.example.other", "")).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void aCertificateThatNobodyHasAndNoneAtAllAreRefused() throws Exception {
        TlsClients unknown =
                TlsClients.with(new CertificateFiles(certificates.certificate("unknown"), certificates.key("unknown")));
        assertThat(overTls(unknown, "com.example.device", ""))
                .startsWith("HTTP/1.1 401 ")
                .contains(DENIED);
        assertThat(overTls(TlsClients.nobody(), "com.example.device", ""))
                .startsWith("HTTP/1.1 401 ")
                .contains("wamp.error.no_matching_auth_method");
    }

    /** Who says who it is has to prove that, whatever certificate there is. */
    @Test
    void aCertificateDoesNotStandInForAWrongTicket() throws Exception {
        TlsClients device = TlsClients.with(
                new CertificateFiles(certificates.certificate("device-7"), certificates.key("device-7")));
        String wrong = "Authorization: " + basic("carol", "wrong") + "\r\n";
        assertThat(overTls(device, "com.example.device", wrong))
                .startsWith("HTTP/1.1 401 ")
                .contains(DENIED);
    }

    @Test
    void aRealmThatTakesNeitherTicketsNorTokensTakesNoAuthorization() throws Exception {
        assertThat(send("open", "a").statusCode()).isEqualTo(404);
        assertThat(send("open", "a", bearer("user")).statusCode()).isEqualTo(401);
        assertThat(send("open", "a", basic("alice", "a ticket: with a colon")).statusCode())
                .isEqualTo(401);
    }

    private static String overTls(TlsClients clients, String procedure, String headers) throws Exception {
        String address = node.addresses().get(2).address();
        try (Socket socket = clients.connect(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)))) {
            String body = body("secured", procedure);
            socket.getOutputStream()
                    .write(("POST /call HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                                    + "Content-Type: application/json\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
