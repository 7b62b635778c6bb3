package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PeerWatchTest {
    private final PeerWatch watch = new PeerWatch(LinkTimes.DEFAULT, 0, 0);

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
    void aPauseOfThisNodeIsNotTheSilenceOfThePeer() {
        assertThat(watch.isDead(seconds(1))).isFalse();
        assertThat(watch.isFrozen(seconds(4.9))).isFalse();
        assertThat(watch.isDead(seconds(4.9))).isFalse();
        assertThat(watch.isDead(seconds(5.9))).isFalse();
        assertThat(watch.isDead(seconds(6.8))).isFalse();
        assertThat(watch.isDead(seconds(7.7))).isTrue();
    }

    @Test
    void whoSpokeAfterThePauseHasNotSpokenInTheFuture() {
        watch.heard(seconds(3.8));
        assertThat(watch.isDead(seconds(3.9))).isFalse();
        assertThat(watch.isDead(seconds(4.9))).isFalse();
        assertThat(watch.isDead(seconds(5.9))).isFalse();
        assertThat(watch.isDead(seconds(6.9))).isFalse();
        assertThat(watch.isDead(seconds(7.9))).isFalse();
        assertThat(watch.isDead(seconds(8))).isTrue();
    }

    @Test
    void aNodeThatDidNotBeatForLongerThanItsPeersWaitWasFrozen() {
        assertThat(watch.isDead(seconds(1))).isFalse();
        watch.heard(seconds(2));
        assertThat(watch.isFrozen(seconds(5))).isFalse();
        assertThat(watch.isFrozen(seconds(5.001))).isTrue();
    }

    @Test
    void beforeTheFirstBeatItIsTheLastWordOfTheHandshakeThatPeersHaveWaitedSince() {
        PeerWatch late = new PeerWatch(LinkTimes.DEFAULT, seconds(0.5), 0);
        assertThat(late.isFrozen(seconds(4))).isFalse();
        assertThat(late.isFrozen(seconds(4.001))).isTrue();
    }

    private static long seconds(double seconds) {
        return (long) (seconds * Duration.ofSeconds(1).toNanos());
    }
}
