package dev.weft.load.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.load.measure.Recorder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

class PacedSenderTest {
    private static final long MILLI = 1_000_000;
    private static final long START = 5_000;

    /** A clock that jumps to the next thing to do. */
    private static final class Simulation {
        private record Event(long at, Runnable action) {}

        private final PriorityQueue<Event> events = new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
        private long now = START;

        void after(long nanos, Runnable action) {
            events.add(new Event(now + nanos, action));
        }

        void runUntil(long end) {
            while (!events.isEmpty() && events.element().at() <= end) {
                Event event = events.remove();
                now = event.at();
                event.action().run();
            }
            now = end;
        }
    }

    private final Simulation simulation = new Simulation();
    private final Recorder recorder = new Recorder(() -> simulation.now);
    private final List<Long> intended = new ArrayList<>();

    private PacedSender sender(double perSecond) {
        return new PacedSender(perSecond, () -> simulation.now, simulation::after, recorder, intended::add, () -> {});
    }

    @Test
    void sendsAtItsRateAndNotEarlier() {
        sender(1000).run();
        assertThat(intended).containsExactly(START);
        simulation.runUntil(START + MILLI - 1);
        assertThat(intended).hasSize(1);
        simulation.runUntil(START + 100 * MILLI);
        assertThat(intended).hasSize(101).last().isEqualTo(START + 100 * MILLI);
        assertThat(recorder.lateness().getMaxValue()).isZero();
    }

    @Test
    void atARateThatDividesNothingItNeitherDriftsNorSkips() {
        OpenLoop times = new OpenLoop(333_333.3, START);
        for (long number = 0; number < 1_000_000; number += 997) {
            assertThat(times.due(times.intended(number))).isBetween(number + 1, number + 2);
            assertThat(times.due(times.intended(number) - 2)).isLessThanOrEqualTo(number);
        }
        assertThat(times.due(START + 3_000_000_000L)).isBetween(1_000_000L, 1_000_001L);
        assertThat(times.due(START - 1)).isZero();
    }

    @Test
    void whatThisProgramSendsLateKeepsTheTimeAtWhichItWasToBeSent() {
        sender(1000).run();
        simulation.events.clear();
        simulation.now = START + 500 * MILLI;
        PacedSender late = sender(1000);
        simulation.now += 10 * MILLI;
        intended.clear();
        late.run();
        assertThat(intended).hasSize(11).first().isEqualTo(START + 500 * MILLI);
        assertThat(recorder.lateness().getMaxValue()).isBetween(10 * MILLI, 10 * MILLI + 10_000);
    }

    @Test
    void whatWaitsBehindAStalledServerCountsFromTheIntendedTime() {
        Deque<Long> unanswered = new ArrayDeque<>();
        PacedSender sender =
                new PacedSender(1000, () -> simulation.now, simulation::after, recorder, unanswered::add, () -> {});
        sender.run();
        // Answers at once for a second, is silent for a second, answers everything at once, and goes on.
        for (int step = 0; step < 3000; step++) {
            simulation.runUntil(START + step * MILLI);
            while ((step < 1000 || step >= 2000) && !unanswered.isEmpty()) {
                recorder.ended(unanswered.remove());
            }
        }
        // A closed loop would have seen one slow answer of 3,000; a third of them were slow, by half a second on the
        // average.
        assertThat(recorder.countOfEnded()).isEqualTo(3000);
        assertThat(recorder.latencies().getCountBetweenValues(10 * MILLI, 2000 * MILLI))
                .isBetween(980L, 1000L);
        assertThat(recorder.latencies().getMaxValue()).isBetween(990 * MILLI, 1010 * MILLI);
        assertThat(recorder.latencies().getMean()).isBetween(150.0 * MILLI, 180.0 * MILLI);
    }

    @Test
    void stopsWhenTold() {
        PacedSender sender = sender(1000);
        sender.run();
        sender.stop();
        simulation.runUntil(START + 100 * MILLI);
        assertThat(intended).hasSize(1);
    }
}
