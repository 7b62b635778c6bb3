package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.Ed25519Identity;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.TicketCredential;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that log in to a node over real sockets, and those that try to. */
class AuthenticationTest {
    private static final String PRIVATE_KEY = "4d57d97a68f555696620a6d849c0ce582568518d729eb753dc7c732de2804510";
    private static final String PUBLIC_KEY = Ed25519Identity.parse(PRIVATE_KEY).publicKey();
    private static final String ROUTER_KEY = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private static final byte[] SALT = "sixteen octets..".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path directory;

    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(directory.resolve("principals.yaml"), principals());
        Files.writeString(directory.resolve("reloaded.yaml"), "principals: [{authid: eve, role: user, ticket: first}]");
        Files.writeString(directory.resolve("leaked.yaml"), leaked("old", true));
        node = RouterNode.start(NodeConfigs.of("""
                listeners: [{address: "127.0.0.1:0"}]
                authentication:
                  secret: sixteen characters and more
                  router-key: %s
                  failures-per-address: 0
                  failures-per-principal: 0
                  reload-interval: 100ms
                realms:
                - uri: realm1
                  roles: [{name: ticketed}]
                  auth:
                    methods: [cryptosign, wamp-scram, wampcra, ticket]
                    principals: [%s]
                - uri: impatient
                  roles: [{name: ticketed}]
                  auth: {methods: [ticket], principals: [%s], challenge-timeout: 300ms}
                - uri: realm2
                  roles: [{name: ticketed}]
                  auth: {methods: [ticket], principals: [%s]}
                - uri: named
                  roles: [{name: anonymous}]
                  auth: {methods: [anonymous], anonymous-authid: chosen}
                - uri: reloaded
                  roles: [{name: user}]
                  auth: {methods: [ticket], principals: [%s]}
                - uri: leaked
                  roles: [{name: user}]
                  auth: {methods: [cryptosign, wamp-scram, wampcra, ticket], principals: [%s]}
                """.formatted(
                        ROUTER_KEY,
                        directory.resolve("principals.yaml"),
                        directory.resolve("principals.yaml"),
                        directory.resolve("principals.yaml"),
                        directory.resolve("reloaded.yaml"),
                        directory.resolve("leaked.yaml"))));
    }

    /** One who is known by the same secret by each method, of cryptosign by a key; and one by whom it is seen that this was read. */
    private static String leaked(String secret, boolean enabled) {
        return """
                principals:
                - {authid: eve, role: user, enabled: %s, ticket: %s, wampcra: %s, scram: "%s", public-keys: ["%s"]}
                - {authid: probe, role: user, ticket: %s}
                """.formatted(
                        enabled,
                        secret,
                        secret,
                        ScramCredential.of(secret, ScramCredential.Kdf.PBKDF2, 4096, 0, SALT)
                                .text(),
                        PUBLIC_KEY,
                        secret + (enabled ? "" : " gone"));
    }

    private static String principals() {
        return """
                principals:
                - {authid: tom, role: ticketed, realms: [realm1, impatient], ticket: my ticket}
                - {authid: tina, role: ticketed, realms: [realm1], ticket: "%s"}
                - {authid: carl, role: signer, realms: [realm1], wampcra: secret}
                - {authid: salty, role: signer, realms: [realm1], wampcra: "%s"}
                - {authid: user, role: scrammer, realms: [realm1], scram: "%s"}
                - {authid: kim, role: keyholder, realms: [realm1], public-keys: ["%s"]}
                - {authid: gone, role: ticketed, realms: [realm1], enabled: false, ticket: my ticket}
                - {authid: other, role: ticketed, realms: [realm2], ticket: my ticket}
                """.formatted(
                TicketCredential.Hashed.of("hashed ticket", true, 1, 1024, SALT).text(),
                CraCredential.of("secret", "salt123", 1000, 32).text(),
                ScramCredential.of("pencil", ScramCredential.Kdf.PBKDF2, 4096, 0, SALT)
                        .text(),
                PUBLIC_KEY);
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    private static TestClient connect() throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.connect(port, Framing.WEBSOCKET, SerializerId.JSON);
    }

    private static WampMessage login(Hello hello, String secret) throws IOException {
        try (TestClient client = connect()) {
            return Claimant.login(client, hello, secret);
        }
    }

    private static Map<String, Object> extra(String method) {
        return switch (method) {
            case "wamp-scram" -> Map.of("nonce", Claimant.NONCE);
            case "cryptosign" -> Map.of("pubkey", PUBLIC_KEY);
            default -> Map.of();
        };
    }

    private static Hello hello(String authid, String method) {
        return Claimant.hello("realm1", authid, extra(method), method);
    }

    private static Abort refused(WampMessage answer, String error) {
        assertThat(answer).isInstanceOf(Abort.class);
        assertThat(((Abort) answer).reason()).isEqualTo(error);
        return (Abort) answer;
    }

    @ParameterizedTest
    @CsvSource({
        "tom, ticket, my ticket, ticketed",
        "tina, ticket, hashed ticket, ticketed",
        "carl, wampcra, secret, signer",
        "salty, wampcra, secret, signer",
        "user, wamp-scram, pencil, scrammer",
        "kim, cryptosign, " + PRIVATE_KEY + ", keyholder"
    })
    void whoProvesItselfIsWelcomedByNameAndRole(String authid, String method, String secret, String role)
            throws IOException {
        WampMessage answer = login(hello(authid, method), secret);
        assertThat(answer).isInstanceOf(Welcome.class);
        assertThat(((Welcome) answer).details())
                .containsEntry("authid", authid)
                .containsEntry("authrole", role)
                .containsEntry("authmethod", method)
                .containsEntry("authprovider", "static")
                .containsEntry("realm", "realm1");
    }

    @ParameterizedTest
    @CsvSource({
        "tom, ticket",
        "tina, ticket",
        "carl, wampcra",
        "salty, wampcra",
        "user, wamp-scram",
        "gone, ticket",
        "other, ticket",
        "nobody, ticket",
        "nobody, wampcra",
        "nobody, wamp-scram"
    })
    void aWrongProofIsRefusedInTheSameWordsWhetherTheNameExistsOrNot(String authid, String method) throws IOException {
        WampMessage answer = login(hello(authid, method), "not my ticket");
        if (((Abort) answer).reason().equals("wamp.error.no_matching_auth_method")) {
            assertThat(authid).as("made up with other methods").isIn("gone", "other", "nobody");
            return;
        }
        Abort abort = refused(answer, "wamp.error.authentication_denied");
        assertThat(abort.details()).isEqualTo(Map.of("message", "the proof of identity was not accepted"));
    }

    @Test
    void aKeyThatNobodyHasIsChallengedAndRefusedAsAnyOther() throws IOException {
        String key = ROUTER_KEY;
        String unknown = Ed25519Identity.parse(key).publicKey();
        Hello hello = Claimant.hello("realm1", null, Map.of("pubkey", unknown), "cryptosign");
        refused(login(hello, key), "wamp.error.authentication_denied");
    }

    @Test
    void aKeyIsEnoughOfAName() throws IOException {
        Hello hello = Claimant.hello("realm1", null, Map.of("pubkey", PUBLIC_KEY), "cryptosign");
        WampMessage answer = login(hello, PRIVATE_KEY);
        assertThat(((Welcome) answer).details()).containsEntry("authid", "kim");
    }

    @Test
    void theRouterProvesItselfToWhoAsksForThat() throws IOException {
        byte[] asked = new byte[32];
        String text = HexFormat.of().formatHex(asked);
        try (TestClient client = connect()) {
            client.send(Claimant.hello("realm1", "kim", Map.of("pubkey", PUBLIC_KEY, "challenge", text), "cryptosign"));
            Challenge challenge = client.expect(Challenge.class);
            assertThat(challenge.extra())
                    .containsEntry("signature", Claimant.sign(ROUTER_KEY, asked) + text)
                    .containsEntry("pubkey", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        }
    }

    @Test
    void scramProvesTheRouterToo() throws IOException {
        try (TestClient client = connect()) {
            client.send(hello("user", "wamp-scram"));
            Challenge challenge = client.expect(Challenge.class);
            client.send(Claimant.answer(challenge, "user", "pencil"));
            assertThat(client.expect(Welcome.class).details().get("authextra"))
                    .isEqualTo(Map.of("verifier", Claimant.verifier(challenge, "user", "pencil")));
        }
    }

    @Test
    void theRealmDecidesWhichOfTheClientsMethodsIsUsed() throws IOException {
        try (TestClient client = connect()) {
            client.send(Claimant.hello(
                    "realm1", "kim", Map.of("pubkey", PUBLIC_KEY), "anonymous", "ticket", "cryptosign", "wampcra"));
            assertThat(client.expect(Challenge.class).authmethod()).isEqualTo("cryptosign");
        }
    }

    @Test
    void aClientThatOffersNothingIsToldWhatTheRealmAccepts() throws IOException {
        Abort abort = refused(
                login(new Hello("realm1", Map.of("roles", Map.of("caller", Map.of()))), ""),
                "wamp.error.authentication_required");
        assertThat((String) abort.details().get("message")).contains("cryptosign, wamp-scram, wampcra, ticket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "WAMPCRA", "tickets", "cookie"})
    void aMethodThatTheRealmDoesNotHaveIsNotUsed(String method) throws IOException {
        refused(login(hello("tom", method), "my ticket"), "wamp.error.no_matching_auth_method");
    }

    @Test
    void anAnswerToOneChallengeIsNoneToAnother() throws IOException {
        for (String method : List.of("wampcra", "wamp-scram", "cryptosign")) {
            String authid = Map.of("wampcra", "carl", "wamp-scram", "user", "cryptosign", "kim")
                    .get(method);
            String secret = Map.of("wampcra", "secret", "wamp-scram", "pencil", "cryptosign", PRIVATE_KEY)
                    .get(method);
            try (TestClient first = connect();
                    TestClient second = connect()) {
                first.send(hello(authid, method));
                Authenticate answer = Claimant.answer(first.expect(Challenge.class), authid, secret);
                second.send(hello(authid, method));
                second.expect(Challenge.class);
                second.send(answer);
                refused(second.receive(), "wamp.error.authentication_denied");
                first.send(answer);
                first.expect(Welcome.class);
            }
        }
    }

    @Test
    void aSecondAnswerBreaksTheProtocol() throws IOException {
        try (TestClient client = connect()) {
            client.send(hello("tina", "ticket"));
            client.expect(Challenge.class);
            client.send(new Authenticate("wrong", Map.of()));
            client.send(new Authenticate("hashed ticket", Map.of()));
            assertThat(client.expect(Abort.class).reason())
                    .isIn("wamp.error.protocol_violation", "wamp.error.authentication_denied");
        }
    }

    @Test
    void nothingPassesBeforeWelcome() throws IOException {
        try (TestClient client = connect()) {
            client.send(hello("tom", "ticket"));
            client.expect(Challenge.class);
            client.send(new Publish(1, PublishOptions.DEFAULT, "com.example.topic", client.payload()));
            refused(client.receive(), "wamp.error.protocol_violation");
        }
    }

    @Test
    void anAnswerWithoutAChallengeBreaksTheProtocol() throws IOException {
        try (TestClient client = connect()) {
            client.send(new Authenticate("my ticket", Map.of()));
            refused(client.receive(), "wamp.error.protocol_violation");
        }
    }

    @Test
    void aChallengeThatIsNotAnsweredInTimeIsOver() throws IOException {
        try (TestClient client = connect()) {
            client.send(Claimant.hello("impatient", "tom", Map.of(), "ticket"));
            client.expect(Challenge.class);
            Abort abort = refused(client.receive(), "wamp.error.authentication_failed");
            assertThat((String) abort.details().get("message")).contains("in time");
        }
    }

    @Test
    void rolesAreGivenByTheRouterAlone() throws IOException {
        Map<String, Object> extra = Map.of("authrole", "admin", "role", "admin", "nonce", Claimant.NONCE);
        Hello hello = Claimant.hello("realm1", "tom", extra, "ticket");
        Map<String, Object> details = new java.util.HashMap<>(hello.details());
        details.put("authrole", "admin");
        WampMessage answer = login(new Hello("realm1", details), "my ticket");
        assertThat(((Welcome) answer).details()).containsEntry("authrole", "ticketed");
    }

    @Test
    void aPrincipalOfOneRealmIsNobodyInAnother() throws IOException {
        refused(
                login(Claimant.hello("realm2", "tom", Map.of(), "ticket"), "my ticket"),
                "wamp.error.authentication_denied");
        assertThat(login(Claimant.hello("realm2", "other", Map.of(), "ticket"), "my ticket"))
                .isInstanceOf(Welcome.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "not base64!!", "AAAAAAAAAAB="})
    void scramNeedsANonce(String nonce) throws IOException {
        Hello hello = Claimant.hello("realm1", "user", Map.of("nonce", nonce), "wamp-scram");
        refused(login(hello, "pencil"), "wamp.error.invalid_argument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-unique", "tls-exporter", "tls-server-end-point", "y"})
    void channelBindingThatIsNotThereIsRefusedAndNotPassedOver(String binding) throws IOException {
        Hello scram = Claimant.hello(
                "realm1", "user", Map.of("nonce", Claimant.NONCE, "channel_binding", binding), "wamp-scram");
        refused(login(scram, "pencil"), "wamp.error.invalid_argument");
        Hello cryptosign =
                Claimant.hello("realm1", "kim", Map.of("pubkey", PUBLIC_KEY, "channel_binding", binding), "cryptosign");
        refused(login(cryptosign, PRIVATE_KEY), "wamp.error.invalid_argument");
    }

    @Test
    void madeUpSaltsStayTheSame() throws IOException {
        assertThat(saltOf("nobody 1")).isEqualTo(saltOf("nobody 1")).isNotEqualTo(saltOf("nobody 2"));
    }

    /** The first of the names that is made up with a password. */
    private static Object saltOf(String name) throws IOException {
        for (int i = 0; ; i++) {
            try (TestClient client = connect()) {
                client.send(hello(name + i, "wamp-scram"));
                if (client.receive() instanceof Challenge challenge) {
                    assertThat(challenge.extra())
                            .containsEntry("iterations", 4096L)
                            .containsEntry("kdf", "pbkdf2");
                    return challenge.extra().get("salt");
                }
            }
        }
    }

    @Test
    void anonymousClientsMayChooseTheirNameWhereTheRealmSaysSo() throws IOException {
        WampMessage answer = login(Claimant.hello("named", "my name", Map.of(), "anonymous"), "");
        assertThat(((Welcome) answer).details()).containsEntry("authid", "my name");
    }

    @Test
    void aFileOfPrincipalsThatChangesIsReadAgainAndAWrongOneIsNot() throws Exception {
        Path file = directory.resolve("reloaded.yaml");
        assertThat(entersReloaded("first")).isTrue();
        Files.writeString(file, "principals: [{authid: eve, role: user, ticket: second ticket}]");
        await().atMost(Duration.ofSeconds(10)).until(() -> entersReloaded("second ticket"));
        assertThat(entersReloaded("first")).isFalse();
        Files.writeString(file, "principals: [{authid: eve, rolle: user, ticket: third}]");
        await().during(Duration.ofMillis(500)).until(() -> entersReloaded("second ticket"));
    }

    @ParameterizedTest
    @CsvSource({
        "ticket, new, true",
        "wampcra, new, true",
        "wamp-scram, new, true",
        "cryptosign, new, true",
        "ticket, old, false",
        "wampcra, old, false",
        "wamp-scram, old, false",
        "cryptosign, old, false"
    })
    void whatWasChallengedBeforeTheSecretWasChangedOrThePrincipalDisabledIsRefused(
            String method, String secret, boolean enabled) throws IOException {
        Files.writeString(directory.resolve("leaked.yaml"), leaked("old", true));
        await().atMost(Duration.ofSeconds(10)).until(() -> entersLeaked("probe", "old"));
        Hello hello = Claimant.hello("leaked", "eve", Map.of("nonce", Claimant.NONCE, "pubkey", PUBLIC_KEY), method);
        try (TestClient client = connect()) {
            client.send(hello);
            Challenge challenge = client.expect(Challenge.class);
            Files.writeString(directory.resolve("leaked.yaml"), leaked(secret, enabled));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> entersLeaked("probe", secret + (enabled ? "" : " gone")));

            client.send(Claimant.answer(challenge, "eve", method.equals("cryptosign") ? PRIVATE_KEY : "old"));

            assertThat(client.expect(Abort.class).reason()).isEqualTo("wamp.error.authentication_denied");
        }
    }

    private static boolean entersLeaked(String authid, String ticket) throws IOException {
        return login(Claimant.hello("leaked", authid, Map.of(), "ticket"), ticket) instanceof Welcome;
    }

    private static boolean entersReloaded(String ticket) throws IOException {
        return login(Claimant.hello("reloaded", "eve", Map.of(), "ticket"), ticket) instanceof Welcome;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000",
                "a\nb",
                "\u001b[2J",
                "\u009b2J",
                "\u007f",
                "eve\u202e",
                "\u2066eve",
                "e\u200fve",
                "a\u2028"
            })
    void aNameWithControlCharactersIsRefused(String name) throws IOException {
        try (TestClient client = connect()) {
            client.send(Claimant.hello("named", name, Map.of(), "anonymous"));
            Abort refusal = client.expect(Abort.class);
            assertThat(refusal.reason()).isEqualTo("wamp.error.invalid_argument");
            assertThat(refusal.details()).containsEntry("message", "the authid or the role has control characters");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"J\u00f6rg O'Neil", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\ud83d\ude00"})
    void aNameInAnyScriptIsNot(String name) throws IOException {
        try (TestClient client = connect()) {
            client.send(Claimant.hello("named", name, Map.of(), "anonymous"));
            assertThat(client.expect(Welcome.class).details()).containsEntry("authid", name);
        }
    }
}
