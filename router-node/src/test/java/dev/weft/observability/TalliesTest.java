package dev.weft.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TalliesTest {
    private enum Kind {
        ONE,
        OTHER
    }

    private static final int MANY = 2_000_000;

    @Test
    void aReaderOnAnotherThreadSeesCountersGrowAndInTheEndAllThatWasCounted() throws Exception {
        Tallies<Kind> tallies = new Tallies<>(Kind.class);
        CountDownLatch begun = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            begun.countDown();
            for (int i = 0; i < MANY; i++) {
                tallies.increment(Kind.ONE);
                tallies.add(Kind.OTHER, 2);
            }
        });
        writer.start();
        begun.await();
        long last = 0;
        while (last < MANY) {
            long now = tallies.get(Kind.ONE);
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
        writer.join();
        assertThat(tallies.get(Kind.OTHER)).isEqualTo(2L * MANY);
    }
}
