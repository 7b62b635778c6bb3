package dev.weft.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.Crypto;
import dev.weft.auth.credential.Ed25519Identity;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.TicketCredential;
import dev.weft.config.AuthMethod;
import dev.weft.config.DynamicAuthConfig;
import dev.weft.transport.PeerCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
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
    private static final AuthWorkers WORKERS = new AuthWorkers("auth", 1, 10);
    private static final Ed25519Identity ATTACKER = Ed25519Identity.parse("ab".repeat(32));
    private static final byte[] SIGNED = new byte[32];

    /** A method, who knows the principals, and how many attempts a batch has. */
    enum Case {
        TICKET("ticket", 2001),
        HASHED_TICKET("ticket", 201),
        WAMPCRA("wampcra", 2001),
        WAMP_SCRAM("wamp-scram", 2001),
        CRYPTOSIGN("cryptosign", 201),
        /** The client says what key it has, and not who it is. */
        CRYPTOSIGN_BY_KEY("cryptosign", 201),
        DYNAMIC_WAMPCRA("wampcra", 2001),
        DYNAMIC_WAMP_SCRAM("wamp-scram", 2001),
        DYNAMIC_CRYPTOSIGN("cryptosign", 201);

        private final String label;
        private final int attempts;

        Case(String label, int attempts) {
            this.label = label;
            this.attempts = attempts;
        }

        /** How many challenges there are: with iterations, and with WAMP-CRA the role. */
        int shapes() {
            return switch (label) {
                case "wampcra" -> 3;
                case "wamp-scram" -> 2;
                default -> 1;
            };
        }

        RealmAuthentication realm() {
            List<Principal> all =
                    IntStream.range(0, NAMES).mapToObj(this::principal).toList();
            Principals files = new Principals("realm1", SALT);
            files.replace(all);
            PrincipalSource source =
                    new PrincipalSource(files, name().startsWith("DYNAMIC") ? authenticator(all) : null);
            Authenticator authenticator = switch (label) {
                case "ticket" -> new TicketAuth(source, WORKERS, false);
                case "wampcra" -> new WampCraAuth(source, InstantSource.system());
                case "wamp-scram" -> new ScramAuth(source);
                default -> new CryptosignAuth(source, WORKERS, null);
            };
            return new RealmAuthentication(
                    "realm1",
                    List.of(authenticator),
                    new AttemptLimiter(AttemptLimiter.Limits.NONE, SALT, System::nanoTime),
                    new AuthCounters(),
                    10_000,
                    null);
        }

        /** Of every eight one has another role, and of every two one other numbers; all cost the same. */
        private Principal principal(int number) {
            TicketCredential ticket = this == HASHED_TICKET
                    ? TicketCredential.Hashed.of("right", true, 1, 256, SALT)
                    : new TicketCredential.Plain("right");
            byte[] salt = Arrays.copyOf(Crypto.sha256(Crypto.utf8("salt " + number)), SALT.length);
            int iterations = number % 2 == 0 ? 5000 : 4096;
            return new Principal(
                    named(true, number),
                    number % 8 == 0 ? "operator" : "user",
                    Principal.STATIC,
                    true,
                    ticket,
                    new CraCredential(Crypto.base64(new byte[32]), Crypto.base64(salt), iterations, 32),
                    new ScramCredential(ScramCredential.Kdf.PBKDF2, iterations, 0, salt, new byte[32], new byte[32]),
                    Set.of(KEYS.get(named(true, number))),
                    Set.of());
        }

        /** It tells of those that it knows what the method needs, and refuses the others. */
        private DynamicPrincipals authenticator(List<Principal> all) {
            Map<String, ProcedureAnswer> answers = new HashMap<>();
            for (Principal principal : all) {
                Map<String, Object> told = new HashMap<>(Map.of("role", principal.role()));
                switch (label) {
                    case "wampcra" -> told.put("wampcra", principal.wampcra().text());
                    case "wamp-scram" -> told.put("scram", principal.scram().text());
                    default -> told.put("public-keys", List.copyOf(principal.publicKeys()));
                }
                answers.put(principal.authid(), new ProcedureAnswer.Result(List.of(told), Map.of()));
            }
            ProcedureAnswer refusal = new ProcedureAnswer.Failure("com.example.no", "no");
            return new DynamicPrincipals(
                    "realm1",
                    new DynamicAuthConfig(
                            "com.example.authenticate",
                            "",
                            "authenticator",
                            List.of(AuthMethod.values()),
                            Duration.ofSeconds(5)),
                    (realm, procedure, args, timeout) -> CompletableFuture.completedStage(
                            answers.getOrDefault(String.valueOf(args.get(1)), refusal)),
                    SALT);
        }

        AuthRequest request(String name) {
            String key = this == CRYPTOSIGN_BY_KEY ? KEYS.get(name) : ATTACKER.publicKey();
            return new AuthRequest(
                    "realm1",
                    1234567,
                    List.of(label),
                    this == CRYPTOSIGN_BY_KEY ? null : name,
                    Map.of("nonce", "rOprNGfwEbeRWgbNEkqO", "pubkey", key),
                    PEER);
        }

        /** A proof that is well-formed, and wrong. */
        String proof() {
            return label.equals("cryptosign") ? WRONG_SIGNATURE : WRONG;
        }
    }

    private static final String WRONG = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String WRONG_SIGNATURE =
            HexFormat.of().formatHex(ATTACKER.sign(SIGNED)) + HexFormat.of().formatHex(SIGNED);

    /** The public keys of the principals, and of as many others, by the name. */
    private static final Map<String, String> KEYS = keys();

    private static Map<String, String> keys() {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < NAMES; i++) {
            for (boolean known : List.of(true, false)) {
                byte[] secret = Crypto.sha256(Crypto.utf8(named(known, i)));
                keys.put(
                        named(known, i),
                        Ed25519Identity.parse(HexFormat.of().formatHex(secret)).publicKey());
            }
        }
        return keys;
    }

    @AfterAll
    static void end() {
        WORKERS.close();
    }

    /** Names of the same length. */
    private static String named(boolean known, int number) {
        return (known ? "alice-" : "nobody").concat(Integer.toString(100 + number));
    }

    private static AuthStep.Challenged begin(RealmAuthentication realm, AuthRequest request) {
        return (AuthStep.Challenged) realm.begin(request).toCompletableFuture().join();
    }

    private static AuthStep answer(AuthStep.Challenged challenge, String proof) {
        Map<String, Object> extra = new HashMap<>();
        if (challenge.extra().get("nonce") instanceof String nonce) {
            extra.put("nonce", nonce);
        }
        return challenge.proof().check(proof, extra).toCompletableFuture().join();
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
                                value.toString()
                                        .replaceAll("\"(nonce|timestamp|authid)\":\"[^\"]*\"", "$1")
                                        .replaceAll("^[0-9a-f]{64}$", "octets");
                            case "salt" -> Crypto.fromBase64(value.toString()).length;
                            case "nonce" -> value.toString().length();
                            default -> value;
                        }));
        return shape;
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void challengeAndRefusalLookTheSame(Case method) {
        RealmAuthentication realm = method.realm();
        Set<Map<String, Object>> known = shapes(realm, method, true);
        assertThat(known).hasSize(method.shapes());
        assertThat(shapes(realm, method, false)).isEqualTo(known);
    }

    private static Set<Map<String, Object>> shapes(RealmAuthentication realm, Case method, boolean known) {
        Set<Map<String, Object>> shapes = new HashSet<>();
        for (int i = 0; i < NAMES; i++) {
            AuthStep.Challenged challenge = begin(realm, method.request(named(known, i)));
            shapes.add(shape(challenge));
            assertThat(answer(challenge, method.proof())).isEqualTo(AuthStep.Refused.DENIED);
        }
        return shapes;
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void challengeAndRefusalTakeTheSameTime(Case method) {
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
    private static double[] batch(RealmAuthentication realm, Case method) {
        long[][][] nanos = new long[2][2][method.attempts];
        for (int i = 0; i < method.attempts; i++) {
            for (int turn = 0; turn < 2; turn++) {
                int known = (i + turn) & 1;
                AuthRequest request = method.request(named(known == 1, i % NAMES));
                long start = System.nanoTime();
                AuthStep.Challenged challenge = begin(realm, request);
                long challenged = System.nanoTime();
                answer(challenge, method.proof());
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
