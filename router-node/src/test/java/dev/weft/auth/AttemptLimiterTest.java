package dev.weft.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.transport.PeerCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttemptLimiterTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final AttemptLimiter limiter = limiter();

    private AttemptLimiter limiter() {
        return new AttemptLimiter(new AttemptLimiter.Limits(20, 5, Duration.ofMinutes(1)), new byte[] {1}, nanos::get);
    }

    private static AuthRequest from(String address, String authid) {
        PeerCredentials peer = new PeerCredentials(address, false, false, List.of(), null, null, null);
        return new AuthRequest("realm1", 1, List.of(), authid, Map.of(), peer);
    }

    private List<Long> keys(String address, String authid) {
        return limiter.keys(from(address, authid).peer(), "realm1", authid);
    }

    @Test
    void ofTenThousandGuessesInTenMinutesFewAreLookedAt() {
        int looked = 0;
        for (int i = 0; i < 10_000; i++) {
            nanos.addAndGet(Duration.ofMinutes(10).toNanos() / 10_000);
            List<Long> keys = keys("192.0.2." + i % 250, "alice");
            if (limiter.take(keys)) {
                limiter.failed(keys);
                looked++;
            }
        }
        assertThat(looked).isBetween(50, 70);
    }

    @Test
    void guessesMadeAtOnceDoNotPassTogether() {
        List<Long> keys = keys("192.0.2.1", "alice");
        for (int i = 0; i < 5; i++) {
            assertThat(limiter.take(keys)).isTrue();
        }
        assertThat(limiter.take(keys)).isFalse();
        assertThat(limiter.mayTry(keys)).isFalse();
    }

    @Test
    void whoSucceedsIsNotCounted() {
        List<Long> keys = keys("192.0.2.1", "alice");
        for (int i = 0; i < 1000; i++) {
            assertThat(limiter.take(keys)).isTrue();
            limiter.giveBack(keys);
        }
    }

    @Test
    void anAddressHasItsShareWhateverNamesItTries() {
        for (int i = 0; i < 20; i++) {
            assertThat(limiter.take(keys("192.0.2.1", "name " + i))).isTrue();
        }
        assertThat(limiter.mayTry(keys("192.0.2.1", "another"))).isFalse();
        assertThat(limiter.mayTry(keys("192.0.2.2", "another"))).isTrue();
    }

    @Test
    void aNetworkOf64BitsIsOneAddress() {
        assertThat(keys("2001:db8:0:1:0:0:0:1", "a")).isEqualTo(keys("2001:db8:0:1:ffff:0:0:2", "a"));
        assertThat(keys("2001:db8:0:1:0:0:0:1", "a")).isNotEqualTo(keys("2001:db8:0:2:0:0:0:1", "a"));
    }

    @Test
    void whatFailedOnAnotherNodeCountsHere() {
        AttemptLimiter other = limiter();
        List<Long> keys = keys("192.0.2.1", "alice");
        for (int i = 0; i < 5; i++) {
            other.take(keys);
            other.failed(keys);
        }
        limiter.told(other.untold());
        assertThat(limiter.mayTry(keys)).isFalse();
        assertThat(other.untold()).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(13).toNanos());
        assertThat(limiter.mayTry(keys)).isTrue();
    }

    @Test
    void failuresAreForgivenWithTime() {
        List<Long> keys = keys("192.0.2.1", "alice");
        for (int i = 0; i < 5; i++) {
            limiter.take(keys);
        }
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        for (int i = 0; i < 5; i++) {
            assertThat(limiter.take(keys)).isTrue();
        }
    }
}
