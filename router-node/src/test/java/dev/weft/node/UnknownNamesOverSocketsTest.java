package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.Crypto;
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
import dev.weft.wamp.SerializerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client can tell by a clock: whether a name is known, with a wrong secret, or disabled, or nobody's. Two thousand tries,
 * of each kind in turns, so that whatever else the machine does delays all alike; their medians are within a twentieth. What is more by chance
 * gets less with more tries, up to ten times as many. It has the machine to itself: beside other tests the chance is too large.
 */
@Tag("alone")
@Tag("cluster")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class UnknownNamesOverSocketsTest {
    private static final int NAMES = 32;
    private static final int TRIES = 700;
    private static final int MOST_TRIES = 10 * TRIES;
    private static final double WITHIN = 0.05;
    private static final byte[] SALT = "sixteen octets..".getBytes(StandardCharsets.UTF_8);
    private static final String OWN_KEY = "cd".repeat(32);
    private static final String GUESSED = "ab".repeat(32);
    private static final String WRONG = Crypto.base64(new byte[32]);
    private static final Map<String, Object> OFFERED = Map.of(
            "nonce", Claimant.NONCE, "pubkey", Ed25519Identity.parse(GUESSED).publicKey());

    /** Names of one length: of those who may log in, of those who are disabled, and of nobody. */
    private enum Kind {
        KNOWN("alice-"),
        DISABLED("gone--"),
        UNKNOWN("nobody");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        String name(int number) {
            return prefix + (100 + number % NAMES);
        }
    }

    private static final Kind[] KINDS = Kind.values();

    @TempDir
    private static Path directory;

    private static RunningNode node;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        List<String> lines = new ArrayList<>(List.of("principals:"));
        for (int i = 0; i < NAMES; i++) {
            lines.add(principal(Kind.KNOWN.name(i), i, true));
            lines.add(principal(Kind.DISABLED.name(i), i, false));
        }
        Path principals = directory.resolve("principals.yaml");
        Files.write(principals, lines);
        node = RouterNode.start(NodeConfigs.of("""
                listeners: [{address: "127.0.0.1:0"}]
                authentication: {failures-per-address: 0, failures-per-principal: 0}
                realms:
                - uri: realm1
                  roles: [{name: user}]
                  auth: {methods: [cryptosign, wamp-scram, wampcra, ticket], principals: [%s]}
                """.formatted(principals)));
        String address = node.addresses().get(0).address();
        port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static String principal(String name, int number, boolean enabled) {
        byte[] salt = Arrays.copyOf(Crypto.sha256(Crypto.utf8(name)), SALT.length);
        String key = Ed25519Identity.parse(OWN_KEY.substring(2) + "%02x".formatted(number + (enabled ? 0 : NAMES)))
                .publicKey();
        return "- {authid: %s, role: user, enabled: %s, ticket: \"%s\", wampcra: \"%s\", scram: \"%s\", public-keys: [\"%s\"]}"
                .formatted(
                        name,
                        enabled,
                        TicketCredential.Hashed.of("right", true, 1, 64, salt).text(),
                        CraCredential.of("right", Crypto.base64(salt), 1000, 32).text(),
                        new ScramCredential(
                                        ScramCredential.Kdf.PBKDF2, 4096, 0, salt, Crypto.sha256(salt), new byte[32])
                                .text(),
                        key);
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ticket", "wampcra", "wamp-scram", "cryptosign"})
    void answersToKnownAndUnknownNamesTakeTheSameTime(String method) throws IOException {
        takeTurns(method, new long[2][KINDS.length][TRIES], 0, TRIES / 3); // until the code is compiled
        long[][][] nanos = new long[2][KINDS.length][MOST_TRIES];
        double[] challenges;
        double[] refusals;
        int tries = 0;
        do {
            takeTurns(method, nanos, tries, tries + TRIES);
            tries += TRIES;
            challenges = medians(nanos[0], tries);
            refusals = medians(nanos[1], tries);
        } while (!(alike(challenges) && alike(refusals)) && tries < MOST_TRIES);
        String told = "%s, %d tries of %s".formatted(method, tries, List.of(KINDS));
        assertThat(alike(challenges))
                .as(told + ": ns until CHALLENGE " + Arrays.toString(challenges))
                .isTrue();
        assertThat(alike(refusals))
                .as(told + ": ns until ABORT " + Arrays.toString(refusals))
                .isTrue();
    }

    private static boolean alike(double[] medians) {
        double least = Arrays.stream(medians).min().orElseThrow();
        double most = Arrays.stream(medians).max().orElseThrow();
        return most <= least * (1 + WITHIN);
    }

    /** Writes down nanoseconds from HELLO to CHALLENGE and from AUTHENTICATE to ABORT, for each kind of name. */
    private static void takeTurns(String method, long[][][] nanos, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            for (int turn = 0; turn < KINDS.length; turn++) {
                int kind = (i + turn) % KINDS.length;
                long[] took = attempt(method, KINDS[kind].name(i));
                nanos[0][kind][i] = took[0];
                nanos[1][kind][i] = took[1];
            }
        }
    }

    private static double[] medians(long[][] nanos, int tries) {
        return Arrays.stream(nanos)
                .mapToDouble(values -> {
                    long[] sorted = Arrays.copyOf(values, tries);
                    Arrays.sort(sorted);
                    return sorted[tries / 2];
                })
                .toArray();
    }

    private static long[] attempt(String method, String name) throws IOException {
        try (TestClient client = TestClient.connect(port, Framing.RAWSOCKET, SerializerId.JSON)) {
            Hello hello = Claimant.hello("realm1", name, OFFERED, method);
            long began = System.nanoTime();
            client.send(hello);
            Challenge challenge = client.expect(Challenge.class);
            long challenged = System.nanoTime();
            Authenticate answer = wrong(challenge);
            long answered = System.nanoTime();
            client.send(answer);
            Abort abort = client.expect(Abort.class);
            long refused = System.nanoTime();
            assertThat(abort.reason()).isEqualTo("wamp.error.authentication_denied");
            return new long[] {challenged - began, refused - answered};
        }
    }

    private static Authenticate wrong(Challenge challenge) {
        return switch (challenge.authmethod()) {
            case "cryptosign" -> Claimant.answer(challenge, "", GUESSED);
            case "wamp-scram" ->
                new Authenticate(WRONG, Map.of("nonce", challenge.extra().get("nonce")));
            default -> new Authenticate(WRONG, Map.of());
        };
    }
}
