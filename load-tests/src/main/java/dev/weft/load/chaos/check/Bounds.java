package dev.weft.load.chaos.check;

import java.time.Duration;

/**
 * How long things may take, in nanoseconds.
 *
 * @param death until a process that was killed is taken for dead
 * @param silence until a node that is frozen or cut off is taken for dead
 * @param recovery until every node works with every other one again, once a fault is taken back
 * @param merge until Hazelcast's two halves are one again after a partition
 * @param margin on top of each, for the machine that all this runs on
 */
public record Bounds(long death, long silence, long recovery, long merge, long margin) {
    /** What is promised (docs/guarantees.md). */
    public static Bounds promised(Duration margin) {
        return new Bounds(seconds(1), seconds(6), seconds(2), seconds(10), margin.toNanos());
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
