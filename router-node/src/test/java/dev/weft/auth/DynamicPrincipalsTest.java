package dev.weft.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.config.AuthMethod;
import dev.weft.config.DynamicAuthConfig;
import dev.weft.transport.PeerCredentials;
import dev.weft.wamp.WampError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whom an authenticator refuses is challenged like those that it knows, whatever it has answered before. */
class DynamicPrincipalsTest {
    private static final byte[] SECRET = "the same on all nodes".getBytes(StandardCharsets.UTF_8);
    private static final PeerCredentials PEER =
            new PeerCredentials("127.0.0.1", true, false, List.of(), null, null, null);
    private static final String SALT = "MDEyMzQ1Njc4/+FiY2RlZg==";
    private static final AuthWorkers WORKERS = new AuthWorkers("auth", 1, 10);

    /** What the authenticator answers, by name. */
    private final Map<String, Object> answers = new HashMap<>(Map.of(
            "tom",
            "user",
            "carl",
            Map.of(
                    "role",
                    "user",
                    "wampcra",
                    CraCredential.of("secret", SALT, 1000, 32).text()),
            "sara",
            Map.of(
                    "role",
                    "user",
                    "scram",
                    ScramCredential.of("pencil", ScramCredential.Kdf.ARGON2ID, 1, 8192, new byte[16])
                            .text())));

    private final RealmAuthentication realm = realm();

    private RealmAuthentication realm() {
        DynamicAuthConfig config = new DynamicAuthConfig(
                "com.example.authenticate",
                "",
                "authenticator",
                List.of(AuthMethod.TICKET, AuthMethod.WAMPCRA, AuthMethod.WAMP_SCRAM, AuthMethod.CRYPTOSIGN),
                Duration.ofSeconds(5));
        ProcedureCaller authenticator =
                (uri, procedure, args, timeout) -> CompletableFuture.completedStage(answer((String) args.get(1)));
        PrincipalSource source = new PrincipalSource(
                new Principals("realm1", SECRET), new DynamicPrincipals("realm1", config, authenticator, SECRET));
        return new RealmAuthentication(
                "realm1",
                List.of(
                        new TicketAuth(source, WORKERS, true),
                        new WampCraAuth(source, InstantSource.system()),
                        new ScramAuth(source),
                        new CryptosignAuth(source, WORKERS, null)),
                new AttemptLimiter(AttemptLimiter.Limits.NONE, SECRET, System::nanoTime),
                new AuthCounters(),
                10_000,
                null);
    }

    private ProcedureAnswer answer(String name) {
        Object known = answers.get(name);
        return known == null
                ? new ProcedureAnswer.Failure(WampError.AUTHENTICATION_DENIED.uri(), "no")
                : new ProcedureAnswer.Result(List.of(known), Map.of());
    }

    @AfterAll
    static void end() {
        WORKERS.close();
    }

    private AuthStep begin(String method, String name) {
        Map<String, Object> extra = Map.of("nonce", "rOprNGfwEbeRWgbNEkqO", "pubkey", "ab".repeat(32));
        return realm.begin(new AuthRequest("realm1", 1, List.of(method), name, extra, PEER))
                .toCompletableFuture()
                .join();
    }

    private Map<String, Object> challenge(String method, String name) {
        AuthStep step = begin(method, name);
        assertThat(step).as("%s, %s", method, name).isInstanceOf(AuthStep.Challenged.class);
        return ((AuthStep.Challenged) step).extra();
    }

    private AuthStep login(String method, String name, String proof) {
        return ((AuthStep.Challenged) begin(method, name))
                .proof()
                .check(proof, Map.of())
                .toCompletableFuture()
                .join();
    }

    @Test
    void aNameThatNobodyHasIsChallengedByEachMethodAfterALoginByAnother() {
        assertThat(login("ticket", "tom", "ticket")).isInstanceOf(AuthStep.Granted.class);
        for (String method : List.of("wampcra", "wamp-scram", "cryptosign", "ticket")) {
            challenge(method, "nobody");
            assertThat(login(method, "nobody", "proof")).isEqualTo(AuthStep.Refused.DENIED);
        }
    }

    @Test
    void itLooksLikeWhoIsKnownByTheSameMethod() {
        challenge("wampcra", "carl");
        challenge("wamp-scram", "sara");
        login("ticket", "tom", "ticket");
        for (int i = 0; i < 100; i++) {
            Map<String, Object> signed = challenge("wampcra", "nobody" + i);
            assertThat(signed).containsEntry("iterations", 1000L).containsEntry("keylen", 32L);
            assertThat((String) signed.get("salt")).matches("[A-Za-z0-9+/]{21}[AQgw]==");
            assertThat(challenge("wamp-scram", "nobody" + i))
                    .containsEntry("kdf", "argon2id13")
                    .containsEntry("memory", 8192L);
        }
    }

    @Test
    void aNameOfWhichTheAuthenticatorTellsTooLittleIsChallengedAsOneThatNobodyHas() {
        challenge("wampcra", "carl");
        assertThat(challenge("wampcra", "tom").keySet())
                .isEqualTo(challenge("wampcra", "nobody").keySet());
        assertThat(login("wampcra", "tom", "proof")).isEqualTo(AuthStep.Refused.DENIED);
        challenge("wamp-scram", "carl");
    }

    @Test
    void aRoleThatIsSeldomAnsweredIsSeldomMadeUp() {
        String stored = CraCredential.of("secret", SALT, 1000, 32).text();
        answers.put("root", Map.of("role", "operator", "wampcra", stored));
        challenge("wampcra", "root");
        for (int i = 0; i < 1000; i++) {
            challenge("wampcra", "carl");
        }
        long rare = IntStream.range(0, 1000)
                .filter(i -> ((String) challenge("wampcra", "nobody" + i).get("challenge")).contains("operator"))
                .count();
        assertThat(rare).isLessThan(10);
    }
}
