package dev.weft.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.auth.RealmAuthentication;
import dev.weft.directory.RealmDirectory;
import dev.weft.session.Realms;
import dev.weft.transport.CloseReason;
import dev.weft.wamp.WampError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class OnDemandEntranceTest {
    private static final OnDemandRealms.Source TENANTS = new OnDemandRealms.Source() {
        @Override
        public OnDemandRealms.Kind kind(String uri) {
            return new OnDemandRealms.Kind("com.tenant.", RealmAuthentication.open("user"), 3, 1);
        }

        @Override
        public List<LoopRealm> make(String uri) {
            throw new AssertionError("nobody allowed that");
        }
    };

    private static Realms.Refusal refusal(CompletionStage<Boolean> claim) {
        RealmDirectory directory = new RealmDirectory() {
            @Override
            public CompletionStage<Boolean> claim(String kind, String realm, int most) {
                return claim;
            }

            @Override
            public void release(String kind, String realm) {}
        };
        OnDemandRealms realms = new OnDemandRealms(
                TENANTS,
                new RealmRegistry(Map.of(), InstantSource.fixed(Instant.EPOCH)),
                directory,
                List.of(),
                List.of(),
                () -> 0);
        OnDemandEntrance entrance = Objects.requireNonNull(realms.entrance("com.tenant.a", 0));
        assertThat(entrance.prepare()).isCompleted();
        return Objects.requireNonNull(entrance.open(null));
    }

    /** It is not the router that is broken, and the client does well to try again. */
    @Test
    void whereTheClusterDoesNotDecideTheClientIsRefusedForThatReasonAndNotAsByAnInternalError() {
        Realms.Refusal undecided = refusal(CompletableFuture.failedStage(new TimeoutException("no quorum")));
        assertThat(undecided.error()).isEqualTo(WampError.UNAVAILABLE);
        assertThat(undecided.reason()).isEqualTo(CloseReason.REALM_UNDECIDED);
        assertThat(undecided.words()).endsWith("try again");
    }

    @Test
    void whereThereAreAsManyAsThereMayBeThatIsTheReason() {
        Realms.Refusal full = refusal(CompletableFuture.completedStage(false));
        assertThat(full.error()).isEqualTo(WampError.LIMIT_EXCEEDED);
        assertThat(full.reason()).isEqualTo(CloseReason.REALM_LIMIT);
    }
}
