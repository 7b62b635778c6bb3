package dev.weft.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.TicketCredential;
import dev.weft.transport.PeerCredentials;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whether somebody has a name shows neither in what a client is told nor in how long that takes.
 *
 * <p>Known and unknown names take turns, so that whatever else the machine does delays both alike, and the medians of many
 * are compared. A difference counts only if every batch shows it, in the same direction: chance does not do that, and an answer
 * that leaves work out does.
 */
class UnknownNamesTest {
    private static final int NAMES = 64;
    private static final int BATCHES = 5;
    private static final double LEAST = 0.75;
    private static final double MOST = 1 / LEAST;
    private static final byte[] SALT = "sixteen octets..".getBytes(StandardCharsets.UTF_8);
    private static final PeerCredentials PEER =
            new PeerCredentials("127.0.0.1", true, false, List.of(), null, null, null);
    private static final String WRONG = Base64.getEncoder().encodeToString(new byte[32]);
    private static final AuthWorkers WORKERS = new AuthWorkers(1, 10);

    /** A method, and how many attempts a batch has. */
    enum Method {
        TICKET("ticket", 2001),
        HASHED_TICKET("ticket", 201),
        WAMPCRA("wampcra", 2001),
        WAMP_SCRAM("wamp-scram", 2001);

        private final String label;
        private final int attempts;

        Method(String label, int attempts) {
            this.label = label;
            this.attempts = attempts;
        }

        RealmAuthentication realm() {
            TicketCredential hashed = TicketCredential.Hashed.of("right", true, 1, 256, SALT);
            Principals principals = new Principals("realm1", SALT);
            principals.replace(IntStream.range(0, NAMES)
                    .mapToObj(i -> new Principal(
                            named(true, i),
                            "user",
                            Principal.STATIC,
                            true,
                            this == HASHED_TICKET ? hashed : new TicketCredential.Plain("right"),
                            new CraCredential("a2V5", "0123456789abcdef", 1000, 32),
                            new ScramCredential(
                                    ScramCredential.Kdf.PBKDF2, 4096, 0, SALT.clone(), new byte[32], new byte[32]),
                            Set.of(),
                            Set.of()))
                    .toList());
            PrincipalSource source = new PrincipalSource(principals, null);
            Authenticator authenticator = switch (this) {
                case TICKET, HASHED_TICKET -> new TicketAuth(source, WORKERS, false);
                case WAMPCRA -> new WampCraAuth(source, InstantSource.system());
                case WAMP_SCRAM -> new ScramAuth(source);
            };
            return new RealmAuthentication(
                    "realm1",
                    List.of(authenticator),
                    new AttemptLimiter(AttemptLimiter.Limits.NONE, SALT, System::nanoTime),
                    new AuthCounters(),
                    10_000,
                    null);
        }
    }

    @AfterAll
    static void end() {
        WORKERS.close();
    }

    /** Names of the same length. */
    private static String named(boolean known, int number) {
        return (known ? "alice-" : "nobody").concat(Integer.toString(100 + number));
    }

    private static AuthStep.Challenged begin(RealmAuthentication realm, Method method, String name) {
        AuthRequest request = new AuthRequest(
                "realm1", 1234567, List.of(method.label), name, Map.of("nonce", "rOprNGfwEbeRWgbNEkqO"), PEER);
        return (AuthStep.Challenged) realm.begin(request).toCompletableFuture().join();
    }

    private static AuthStep answer(AuthStep.Challenged challenge) {
        Map<String, Object> extra = new HashMap<>();
        if (challenge.extra().get("nonce") instanceof String nonce) {
            extra.put("nonce", nonce);
        }
        return challenge.proof().check(WRONG, extra).toCompletableFuture().join();
    }

    /** The challenge with all that differs from one to the next taken out of it. */
    private static Map<String, Object> shape(AuthStep.Challenged challenge) {
        Map<String, Object> shape = new TreeMap<>();
        challenge
                .extra()
                .forEach((key, value) -> shape.put(
                        key,
                        switch (key) {
                            case "challenge" ->
                                value.toString().replaceAll("\"(nonce|timestamp|authid)\":\"[^\"]*\"", "$1");
                            case "nonce", "salt" -> value.toString().length();
                            default -> value;
                        }));
        return shape;
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void challengeAndRefusalLookTheSame(Method method) {
        RealmAuthentication realm = method.realm();
        AuthStep.Challenged known = begin(realm, method, named(true, 0));
        AuthStep refusal = answer(known);
        for (int i = 0; i < NAMES; i++) {
            AuthStep.Challenged unknown = begin(realm, method, named(false, i));
            assertThat(shape(unknown)).isEqualTo(shape(known));
            assertThat(answer(unknown)).isEqualTo(refusal).isEqualTo(AuthStep.Refused.DENIED);
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void challengeAndRefusalTakeTheSameTime(Method method) {
        RealmAuthentication realm = method.realm();
        batch(realm, method); // until the code is compiled
        double[] challenges = new double[BATCHES];
        double[] refusals = new double[BATCHES];
        for (int i = 0; i < BATCHES; i++) {
            double[] ratios = batch(realm, method);
            challenges[i] = ratios[0];
            refusals[i] = ratios[1];
        }
        cannotBeToldApart(challenges, "CHALLENGE");
        cannotBeToldApart(refusals, "ABORT");
    }

    private static void cannotBeToldApart(double[] ratios, String message) {
        assertThat(Arrays.stream(ratios).allMatch(ratio -> ratio < LEAST)
                        || Arrays.stream(ratios).allMatch(ratio -> ratio > MOST))
                .as("time until %s for unknown names, in that for known ones: %s", message, Arrays.toString(ratios))
                .isFalse();
    }

    /** The medians of unknown names as parts of those of known ones: until CHALLENGE, and from AUTHENTICATE until ABORT. */
    private static double[] batch(RealmAuthentication realm, Method method) {
        long[][][] nanos = new long[2][2][method.attempts];
        for (int i = 0; i < method.attempts; i++) {
            for (int turn = 0; turn < 2; turn++) {
                int known = (i + turn) & 1;
                String name = named(known == 1, i % NAMES);
                long start = System.nanoTime();
                AuthStep.Challenged challenge = begin(realm, method, name);
                long challenged = System.nanoTime();
                answer(challenge);
                nanos[0][known][i] = challenged - start;
                nanos[1][known][i] = System.nanoTime() - challenged;
            }
        }
        return new double[] {
            median(nanos[0][0]) / median(nanos[0][1]), median(nanos[1][0]) / median(nanos[1][1]),
        };
    }

    private static double median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
