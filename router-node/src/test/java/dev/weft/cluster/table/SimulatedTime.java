package dev.weft.cluster.table;

import java.util.PriorityQueue;
import java.util.Random;

/** Time that passes when something happens next, and the chance that everything is drawn from. */
final class SimulatedTime {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private record Event(long at, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Random random;
    private long now;
    private long number;

    SimulatedTime(Random random) {
        this.random = random;
    }

    Random random() {
        return random;
    }

    long nanos() {
        return now;
    }

    double seconds() {
        return now / 1e9;
    }

    void afterNanos(long nanos, Runnable action) {
        events.add(new Event(now + nanos, ++number, action));
    }

    /** At some moment between {@code from} and {@code to} milliseconds from now. */
    void after(long from, long to, Runnable action) {
        afterNanos(between(from * NANOS_PER_MILLI, to * NANOS_PER_MILLI), action);
    }

    long between(long from, long to) {
        return from + (long) (random.nextDouble() * (to - from));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    void runFor(long millis) {
        long end = now + millis * NANOS_PER_MILLI;
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.poll();
            now = event.at();
            event.action().run();
        }
        now = end;
    }
}
