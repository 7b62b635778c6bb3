package dev.weft.authorization;

import org.jspecify.annotations.Nullable;

/**
 * What was decided lately about URIs. Of fixed size: a URI may stand in any of a few places that it shares with others, and
 * drives out the one that came first. To find one allocates nothing. Belongs to an event loop.
 */
final class RecentDecisions {
    private static final int SET_BITS = 8;
    private static final int PLACES_OF_A_SET = 4;
    private static final int MULTIPLIER = 0x9E3779B9;

    private final @Nullable Entry[] entries = new @Nullable Entry[PLACES_OF_A_SET << SET_BITS];

    private record Entry(String uri, int hash, boolean allowed) {}

    /** Whether the URI was allowed; null if it is not known. */
    @Nullable
    Boolean find(String uri) {
        int hash = uri.hashCode();
        int first = firstPlace(hash);
        for (int place = first; place < first + PLACES_OF_A_SET; place++) {
            Entry entry = entries[place];
            if (entry != null && entry.hash == hash && entry.uri.equals(uri)) {
                return entry.allowed;
            }
        }
        return null;
    }

    /** Called for a URI that was not found. */
    void put(String uri, boolean allowed) {
        int hash = uri.hashCode();
        int first = firstPlace(hash);
        System.arraycopy(entries, first, entries, first + 1, PLACES_OF_A_SET - 1);
        entries[first] = new Entry(uri, hash, allowed);
    }

    private static int firstPlace(int hash) {
        return ((hash * MULTIPLIER) >>> (Integer.SIZE - SET_BITS)) * PLACES_OF_A_SET;
    }
}
