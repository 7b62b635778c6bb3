package dev.weft.cluster.table;

/**
 * How much one history may hold: beyond, the oldest events go.
 *
 * @param events 1 or more
 * @param bytes roughly what they take in memory
 * @param ageMillis how old they may be; 0 for any age
 */
public record HistoryBounds(int events, long bytes, long ageMillis) {
    /** Of what was kept before this, in milliseconds since 1970, nothing is left. */
    long horizon(long now) {
        return ageMillis == 0 ? Long.MIN_VALUE : now - ageMillis;
    }

    /** The next whole number; 0 for any age. */
    long ageSeconds() {
        return (ageMillis + 999) / 1000;
    }
}
