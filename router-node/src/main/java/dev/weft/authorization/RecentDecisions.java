package dev.weft.authorization;

import org.jspecify.annotations.Nullable;

/**
 * What was decided lately about URIs. Of fixed size: a URI may stand in any of a few places that it shares with others, and
 * drives out the one that came first. To find one allocates nothing. Belongs to an event loop.
 */
public final class RecentDecisions<T> {
    private static final int SET_BITS = 8;
    private static final int PLACES_OF_A_SET = 4;
    private static final int MULTIPLIER = 0x9E3779B9;

    private final @Nullable Entry<T>[] entries = places();

    private record Entry<T>(String uri, int hash, T decision) {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
    private static <T> @Nullable Entry<T>[] places() {
        return new @Nullable Entry[PLACES_OF_A_SET << SET_BITS];
    }

    /** What was decided about the URI; null if it is not known. */
    public @Nullable T find(String uri) {
        int hash = uri.hashCode();
        int first = firstPlace(hash);
        for (int place = first; place < first + PLACES_OF_A_SET; place++) {
            Entry<T> entry = entries[place];
            if (entry != null && entry.hash == hash && entry.uri.equals(uri)) {
                return entry.decision;
            }
        }
        return null;
    }

    /** Called for a URI that was not found. */
    public void put(String uri, T decision) {
        int hash = uri.hashCode();
        int first = firstPlace(hash);
        System.arraycopy(entries, first, entries, first + 1, PLACES_OF_A_SET - 1);
        entries[first] = new Entry<>(uri, hash, decision);
    }

    private static int firstPlace(int hash) {
        return ((hash * MULTIPLIER) >>> (Integer.SIZE - SET_BITS)) * PLACES_OF_A_SET;
    }
}
