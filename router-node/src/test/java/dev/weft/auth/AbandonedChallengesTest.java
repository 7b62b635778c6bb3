package dev.weft.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.AuthMethod;
import dev.weft.transport.PeerCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A challenge for which a procedure was asked is not to be had for nothing. */
class AbandonedChallengesTest {
    private static final int MOST = 3;
    private static final byte[] SECRET = new byte[16];
    private static final PeerCredentials PEER =
            new PeerCredentials("192.0.2.1", true, false, List.of(), null, null, null);
    private static final AuthStep.Granted GRANTED =
            new AuthStep.Granted("alice", "user", AuthMethod.WAMPCRA, "dynamic", Map.of());

    private final AttemptLimiter attempts =
            new AttemptLimiter(new AttemptLimiter.Limits(MOST, 0, Duration.ofMinutes(1)), SECRET, () -> 0);

    /** Challenges everybody, and whatever is answered is right. */
    private record Challenger(boolean asksForChallenge) implements Authenticator {
        @Override
        public AuthMethod method() {
            return AuthMethod.WAMPCRA;
        }

        @Override
        public boolean isPossible(AuthRequest request) {
            return true;
        }

        @Override
        public CompletionStage<AuthStep> begin(AuthRequest request) {
            return Authenticator.now(new AuthStep.Challenged(
                    AuthMethod.WAMPCRA, Map.of(), (signature, extra) -> Authenticator.now(GRANTED)));
        }
    }

    private AuthStep begin(boolean asked) {
        return new RealmAuthentication(
                        "realm1", List.of(new Challenger(asked)), attempts, new AuthCounters(), 1000, null)
                .begin(new AuthRequest("realm1", 1, List.of("wampcra"), null, Map.of(), PEER))
                .toCompletableFuture()
                .join();
    }

    private AuthStep.Proof challenged(boolean asked) {
        return ((AuthStep.Challenged) begin(asked)).proof();
    }

    @Test
    void whoeverLeavesChallengesUnansweredThatAProcedureWasAskedForIsRefused() {
        for (int i = 0; i < MOST; i++) {
            challenged(true).abandoned();
        }
        assertThat(begin(true)).isEqualTo(AuthStep.Refused.TOO_OFTEN);
        assertThat(attempts.untold().values()).as("told to other nodes").containsExactly(MOST);
    }

    /** Such as all clients of an office, after a restart. */
    @Test
    void manyMayBeChallengedAtOnceAndAnswerOneAfterTheOther() {
        List<AuthStep.Proof> proofs = new ArrayList<>();
        for (int i = 0; i < 10 * MOST; i++) {
            proofs.add(challenged(true));
        }
        assertThat(proofs)
                .allSatisfy(proof -> assertThat(proof.check("right", Map.of()).toCompletableFuture())
                        .isCompletedWithValue(GRANTED));
        assertThat(attempts.untold()).isEmpty();
    }

    @Test
    void aChallengeThatTheRouterMakesByItselfMayBeLeft() {
        for (int i = 0; i < 10 * MOST; i++) {
            challenged(false).abandoned();
        }
        assertThat(begin(false)).isInstanceOf(AuthStep.Challenged.class);
    }
}
