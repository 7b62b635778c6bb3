package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuditPaceTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualControl clock = new ManualControl();
    private final AuditPace pace = new AuditPace(clock);

    private void compareFor(Duration time) {
        long begun = clock.nanoTime();
        clock.pass(time);
        pace.compared(begun);
    }

    @Test
    void whatTakesNoTimeIsAlwaysDueAndKeepsItsInterval() {
        assertThat(pace.isDue()).isTrue();
        compareFor(Duration.ofMillis(1));
        assertThat(pace.next(INTERVAL)).isEqualTo(INTERVAL);
        clock.pass(Duration.ofMillis(19));
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void whatTakesASecondIsDueAgainAfterNineteen() {
        compareFor(Duration.ofSeconds(1));
        assertThat(pace.next(INTERVAL)).isEqualTo(Duration.ofSeconds(19));
        clock.pass(Duration.ofSeconds(19).minusNanos(1));
        assertThat(pace.isDue()).isFalse();
        clock.pass(Duration.ofNanos(1));
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void comparisonsOneAfterTheOtherAddUp() {
        compareFor(Duration.ofSeconds(1));
        compareFor(Duration.ofSeconds(2));
        assertThat(pace.next(INTERVAL)).as("19 + 38 s less the 2 s that passed").isEqualTo(Duration.ofSeconds(55));
    }
}
