package dev.weft.node.status;

import java.util.concurrent.TimeUnit;

/** Nanoseconds in units for people. */
final class Times {
    private Times() {}

    static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos);
    }

    static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
