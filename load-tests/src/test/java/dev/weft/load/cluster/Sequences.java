package dev.weft.load.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that the numbers of each stream arrive from 0 on, in order, without a gap and without one twice. */
final class Sequences {
    private static final int KEPT_VIOLATIONS = 20;

    private final Map<Object, Long> next = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** @param stream what numbers are compared within, such as a publisher and a subscription */
    void arrived(Object stream, long number) {
        long expected = next.getOrDefault(stream, 0L);
        if (number != expected && violations.size() < KEPT_VIOLATIONS) {
            String what = number < expected ? " again or late" : " too early";
            violations.add(stream + ": " + number + what + ", expected " + expected);
        }
        next.put(stream, Math.max(expected, number + 1));
    }

    /** Every stream must have come to this count; one violation for each that has not. */
    void ended(Object stream, long count) {
        long seen = next.getOrDefault(stream, 0L);
        if (seen != count) {
            violations.add(stream + ": " + seen + " of " + count + " arrived");
        }
    }

    /** Empty if all was well. */
    List<String> violations() {
        return List.copyOf(violations);
    }
}
