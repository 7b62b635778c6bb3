package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PeerWatchTest {
    private final PeerWatch watch = new PeerWatch(LinkTimes.DEFAULT, 0);

    @Test
    void aPeerThatIsSilentForFourSecondsIsDead() {
        assertThat(watch.isDead(seconds(1))).isFalse();
        watch.heard(seconds(1.5));
        assertThat(watch.isDead(seconds(2))).isFalse();
        assertThat(watch.isDead(seconds(3))).isFalse();
        assertThat(watch.isDead(seconds(4))).isFalse();
        assertThat(watch.isDead(seconds(5))).isFalse();
        assertThat(watch.isDead(seconds(6))).isTrue();
    }

    @Test
    void aNodeThatWasFrozenItselfWaitsOnceMore() {
        assertThat(watch.isDead(seconds(1))).isFalse();
        assertThat(watch.isDead(seconds(60))).isFalse();
        assertThat(watch.isDead(seconds(63.5))).isFalse();
        assertThat(watch.isDead(seconds(64.5))).isTrue();
    }

    @Test
    void itDoesNotWaitForEver() {
        assertThat(watch.isDead(seconds(60))).isFalse();
        assertThat(watch.isDead(seconds(120))).isTrue();
    }

    @Test
    void whoeverSpokeAfterTheFreezeIsPardonedAgain() {
        assertThat(watch.isDead(seconds(60))).isFalse();
        watch.heard(seconds(61));
        assertThat(watch.isDead(seconds(120))).isFalse();
    }

    private static long seconds(double seconds) {
        return (long) (seconds * Duration.ofSeconds(1).toNanos());
    }
}
