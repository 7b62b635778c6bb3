package dev.weft.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MessageRateTest {
    /** About to overflow, as the clock may be. */
    private long now = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(500);

    private final MessageRate rate = new MessageRate(10, now);

    private int takenAtOnce() {
        int taken = 0;
        while (rate.take(now)) {
            taken++;
        }
        return taken;
    }

    @Test
    void asManyAsInASecondMayComeAtOnceAndThenOneByOne() {
        assertThat(takenAtOnce()).isEqualTo(10);
        now += TimeUnit.MILLISECONDS.toNanos(100);
        assertThat(takenAtOnce()).isOne();
        now += TimeUnit.MILLISECONDS.toNanos(99);
        assertThat(takenAtOnce()).isZero();
        now += TimeUnit.MILLISECONDS.toNanos(301);
        assertThat(takenAtOnce()).isEqualTo(4);
    }

    @Test
    void whatWasNotUsedForLongIsNotMoreThanASecondsWorth() {
        assertThat(takenAtOnce()).isEqualTo(10);
        now += TimeUnit.HOURS.toNanos(5);
        assertThat(takenAtOnce()).isEqualTo(10);
    }
}
