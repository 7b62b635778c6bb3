package dev.weft.node.cli;

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
import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.Ed25519Identity;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.TicketCredential;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.testkit.Unseen;
import dev.weft.transport.Framing;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that log all that there is, every way to log in, and the search for every secret in what was printed. */
@Tag("cluster")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs signals")
class SecretsInLogsTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final byte[] SALT = "sixteen octets..".getBytes(StandardCharsets.UTF_8);
    private static final String PRIVATE_KEY = "4d57d97a68f555696620a6d849c0ce582568518d729eb753dc7c732de2804510";
    private static final String ROUTER_KEY = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    @TempDir
    Path directory;

    private final Unseen secrets = new Unseen();
    private final List<Process> started = new ArrayList<>();
    private final StringBuilder told = new StringBuilder();

    @AfterEach
    void nothingIsLeftRunning() {
        started.forEach(Process::destroyForcibly);
    }

    private String secret(String name) {
        String value = "Zq7" + name.replace(' ', '-') + "Kw9";
        secrets.add(name, value);
        return value;
    }

    private <T> T kept(String name, T credential, String text) {
        for (String part : text.substring(text.indexOf('$', 1)).split("\\$")) {
            if (part.length() > 30) {
                secrets.add(name, part);
            }
        }
        return credential;
    }

    private String principals() {
        String ticket = TicketCredential.Hashed.of(secret("hashed ticket"), true, 1, 1024, SALT)
                .text();
        String salted =
                CraCredential.of(secret("salted secret"), "salt123", 1000, 32).text();
        String scram = ScramCredential.of(secret("password"), ScramCredential.Kdf.PBKDF2, 4096, 0, SALT)
                .text();
        return """
                principals:
                - {authid: tom, role: user, ticket: "${TOMS_TICKET}"}
                - {authid: tina, role: user, ticket: "%s"}
                - {authid: carl, role: user, wampcra-file: carl}
                - {authid: salty, role: user, wampcra: "%s"}
                - {authid: user, role: user, scram: "%s"}
                - {authid: kim, role: user, public-keys: ["%s"]}
                - {authid: decider, role: decider, wampcra: %s}
                """.formatted(
                        kept("hash of a ticket", ticket, ticket),
                        kept("key of WAMP-CRA", salted, salted),
                        kept("keys of SCRAM", scram, scram),
                        Ed25519Identity.parse(PRIVATE_KEY).publicKey(),
                        secret("secret of the authenticator"));
    }

    private String config(int index, List<Integer> ports) {
        return """
                node: {name: node-%d}
                listeners: [{address: "127.0.0.1:0"}, {type: http, address: "127.0.0.1:0"}]
                admin: {address: "127.0.0.1:0"}
                logging: {level: trace, libraries: trace}
                authentication: {secret: "${AUTH_SECRET}", router-key: "%s", failures-per-address: 0,
                                 failures-per-principal: 3, reload-interval: 100ms}
                realms:
                - uri: realm1
                  meta-api: full
                  roles:
                  - {name: user, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}
                  - {name: decider, permissions: [{uri: com.example.decide, allow: [register]}]}
                  auth:
                    methods: [jwt, cryptosign, wamp-scram, wampcra, ticket]
                    principals: [principals.yaml]
                    jwt: {issuer: "https://login.example.com/", audience: [weft], keys-file: keys.json, roles: [user]}
                - uri: dynamic
                  roles: [{name: user}]
                  auth:
                    methods: [wampcra, ticket]
                    dynamic: {procedure: com.example.decide, realm: realm1, role: decider, methods: [ticket, wampcra]}
                cluster:
                  enabled: true
                  name: secrets-%d
                  key-file: cluster.key
                  previous-keys: [{key: "%s"}]
                  discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                  hazelcast: {address: "127.0.0.1:%d"}
                  link: {address: "127.0.0.1:0", secret: "${LINK_SECRET}"}
                drain: {spread: 200ms}
                """.formatted(
                        index + 1,
                        ROUTER_KEY,
                        ports.get(0),
                        secret("previous key"),
                        ports.get(0),
                        ports.get(1),
                        ports.get(index));
    }

    private Process weft(String output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory,
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(output).toFile());
        builder.environment().put("TOMS_TICKET", secret("ticket"));
        builder.environment().put("AUTH_SECRET", secret("secret of authentication"));
        builder.environment().put("LINK_SECRET", secret("secret of the links"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private String printed(String output) throws IOException {
        return Files.readString(directory.resolve(output));
    }

    private ReadyLine ready(String output) throws IOException {
        await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> printed(output).lines().anyMatch(line -> line.startsWith("READY ")));
        return printed(output)
                .lines()
                .map(ReadyLine::parse)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private void command(String... arguments) throws Exception {
        Process process = weft(arguments[0] + ".out", arguments);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        told.append(printed(arguments[0] + ".out"));
    }

    private WampMessage login(ReadyLine node, Hello hello, String secret) throws IOException {
        try (TestClient client = connect(node)) {
            return login(client, hello, secret);
        }
    }

    private static TestClient connect(ReadyLine node) throws IOException {
        return TestClient.connect(URI.create(node.urls().get(0)).getPort(), Framing.WEBSOCKET, SerializerId.JSON);
    }

    /** What the client sends counts as a secret, too, right or wrong. */
    private WampMessage login(TestClient client, Hello hello, String secret) throws IOException {
        client.send(hello);
        WampMessage answer = client.receive();
        told.append(answer).append('\n');
        if (answer instanceof Challenge challenge) {
            Authenticate sent =
                    Claimant.answer(challenge, String.valueOf(hello.details().get("authid")), secret);
            // that of cryptosign ends with the challenge, which is none
            String proof = sent.signature();
            secrets.add("answer to " + challenge.authmethod(), proof.substring(0, Math.min(128, proof.length())));
            client.send(sent);
            answer = client.receive();
            told.append(answer).append('\n');
        }
        return answer;
    }

    private void everyMethod(ReadyLine node) throws Exception {
        String key = Ed25519Identity.parse(PRIVATE_KEY).publicKey();
        for (boolean right : List.of(false, true)) {
            String wrong = secret("wrong guess");
            login(node, hello("tom", "ticket"), right ? secret("ticket") : wrong);
            login(node, hello("tina", "ticket"), right ? secret("hashed ticket") : wrong);
            login(node, hello("nobody", "ticket"), wrong);
            login(node, hello("carl", "wampcra"), right ? secret("secret in a file") : wrong);
            login(node, hello("salty", "wampcra"), right ? secret("salted secret") : wrong);
            login(
                    node,
                    Claimant.hello("realm1", "user", Map.of("nonce", Claimant.NONCE), "wamp-scram"),
                    right ? secret("password") : wrong);
            login(
                    node,
                    Claimant.hello("realm1", "kim", Map.of("pubkey", key), "cryptosign"),
                    right ? PRIVATE_KEY : ROUTER_KEY);
            login(node, Claimant.hello("dynamic", "tom", Map.of(), "ticket"), right ? secret("asked about") : wrong);
            login(node, Claimant.hello("dynamic", "carl", Map.of(), "wampcra"), secret("told by a procedure"));
        }
    }

    private static Hello hello(String authid, String method) {
        return Claimant.hello("realm1", authid, Map.of(), method);
    }

    private String token(ECKey key, String issuer) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .audience("weft")
                        .subject("alice")
                        .claim("role", "user")
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build());
        token.sign(new ECDSASigner(key));
        secrets.add("signature of a token", token.getSignature().toString());
        secrets.add("claims of a token", token.getPayload().toBase64URL().toString());
        return token.serialize();
    }

    private Thread decider(TestClient client) {
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    Invocation invocation = (Invocation) client.receive();
                    boolean ticket = client.args(invocation).get(1).equals("tom");
                    Object answer = ticket
                            ? List.of(secretAnswer())
                            : Map.of("role", "user", "wampcra", "Zq7told-by-a-procedureKw9");
                    client.send(new Yield(invocation.request(), YieldOptions.DEFAULT, client.payload(answer)));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static String secretAnswer() {
        return "Zq7odd-answerKw9";
    }

    private void http(HttpClient http, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        told.append(response.statusCode()).append(response.headers().map()).append(response.body());
    }

    private void overHttp(ReadyLine node, HttpClient http, String token) throws Exception {
        URI bridge = node.urls().stream()
                .filter(url -> url.startsWith("http:"))
                .map(URI::create)
                .findFirst()
                .orElseThrow();
        for (String authorization : List.of(
                "Basic " + basic("tom", secret("ticket")),
                "Basic " + basic("tom", secret("wrong guess")),
                "Bearer " + token,
                "Digest " + secret("of another kind"))) {
            http(
                    http,
                    HttpRequest.newBuilder(bridge.resolve("/call"))
                            .header("Authorization", authorization)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"realm\":\"realm1\",\"procedure\":\"wamp.session.list\"}")));
        }
        for (String path :
                List.of("metrics", "cluster/members", "cluster/links", "cluster/tables", "healthz", "readyz")) {
            http(http, HttpRequest.newBuilder(URI.create("http://" + node.admin() + "/" + path)));
        }
    }

    private String basic(String user, String password) {
        String encoded = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        secrets.add("HTTP Basic", encoded);
        return encoded;
    }

    private void reloadsWrongFiles() throws IOException {
        String good = Files.readString(directory.resolve("principals.yaml"));
        for (String bad : List.of(
                "- {authid: x, role: user, scram: \"" + secret("no credential") + "\"}\n",
                "- {authid: x, role: user, ticket: *" + secret("no alias") + "}\n",
                "- {authid: x, role: user, ticket:" + secret("no space") + "}\n")) {
            // Before the file is there, which is reported once and perhaps at once.
            long before = stayed();
            replacePrincipals(good + bad);
            await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(() -> stayed() > before);
        }
        replacePrincipals(good);
    }

    /** By a whole one: half a file is wrong, too, and would be what is reported. */
    private void replacePrincipals(String text) throws IOException {
        Path next = Files.writeString(directory.resolve("next.yaml"), text);
        Files.move(next, directory.resolve("principals.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private long stayed() throws IOException {
        return printed("node-1")
                .lines()
                .filter(line -> line.contains("stay as they were"))
                .count();
    }

    @Test
    void noSecretIsPrintedByNodesThatLogAllThatThereIs() throws Exception {
        List<Integer> ports = LocalPorts.free(2);
        ECKey issuer = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        Files.writeString(directory.resolve("keys.json"), new JWKSet(issuer.toPublicJWK()).toString());
        Files.writeString(directory.resolve("principals.yaml"), principals());
        Files.writeString(directory.resolve("carl"), secret("secret in a file"));
        Files.writeString(directory.resolve("cluster.key"), secret("key of the cluster"));
        secrets.add("key of the router", ROUTER_KEY).add("key of a client", PRIVATE_KEY);
        secrets.add("odd answer", secretAnswer());
        for (int i = 0; i < 2; i++) {
            Files.writeString(directory.resolve(i + ".yaml"), config(i, ports));
            weft("node-" + (i + 1), "serve", "--config", i + ".yaml");
        }
        ReadyLine first = ready("node-1");
        ReadyLine second = ready("node-2");
        try (TestClient decider = connect(second)) {
            login(decider, hello("decider", "wampcra"), secret("secret of the authenticator"));
            decider.send(new Register(1, RegisterOptions.DEFAULT, "com.example.decide"));
            decider.expect(Registered.class);
            decider(decider);
            everyMethod(first);
            everyMethod(second);
        }
        String good = token(issuer, "https://login.example.com/");
        for (String token : List.of(good, token(issuer, "https://elsewhere.example.com/"), good + "A")) {
            login(first, Claimant.hello("realm1", null, Map.of("token", token), "jwt"), token);
        }
        overHttp(first, HttpClient.newHttpClient(), good);
        reloadsWrongFiles();
        command("check-config", "0.yaml");
        command("explain", "--config", "0.yaml", "--realm", "realm1", "--role", "user", "call", "a.b");
        command("cluster", "--admin", first.admin());
        command("drain", "--admin", second.admin());
        await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> !started.get(1).isAlive());

        assertThat(told.toString())
                .as("there were good and bad logins")
                .contains("Welcome[")
                .contains("Abort[");
        assertThat(printed("node-1")).contains(" TRACE ", " DEBUG ", "Realm realm1 has 7 principals");
        secrets.isUnseenIn(printed("node-1"));
        secrets.isUnseenIn(printed("node-2"));
        secrets.isUnseenIn(told.toString());
    }
}
