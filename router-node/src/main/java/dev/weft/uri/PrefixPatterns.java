package dev.weft.uri;

import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Prefixes, found by one probe for each length that some prefix has. A match costs at most one probe per character of
 * the URI, whatever the prefixes are.
 */
final class PrefixPatterns<T> {
    private final UriTable<T> table =
            new UriTable<>((prefix, uri, length) -> prefix.length() == length && uri.startsWith(prefix));
    /** How many prefixes there are of each length; only the writer's. */
    private final TreeMap<Integer, Integer> lengthCounts = new TreeMap<>();
    /** Ascending, never changed once published. */
    private volatile int[] lengths = {};

    int size() {
        return table.size();
    }

    void forEach(BiConsumer<? super String, ? super T> action) {
        table.forEach(action);
    }

    @Nullable
    T get(String prefix) {
        return table.get(UriHash.finish(UriHash.of(prefix)), prefix);
    }

    void add(String prefix, T entry) {
        table.add(UriHash.finish(UriHash.of(prefix)), prefix, entry);
        if (lengthCounts.merge(prefix.length(), 1, Integer::sum) == 1) {
            publishLengths();
        }
    }

    @Nullable
    T remove(String prefix) {
        T removed = table.remove(UriHash.finish(UriHash.of(prefix)), prefix);
        if (removed == null) {
            return null;
        }
        if (lengthCounts.merge(prefix.length(), -1, (count, less) -> count == 1 ? null : count + less) == null) {
            publishLengths();
        }
        return removed;
    }

    private void publishLengths() {
        lengths = lengthCounts.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    /** Appends every prefix's entry, the shortest first. */
    void matchAll(Matches<T> found) {
        String uri = found.uri();
        for (int length : lengths) {
            if (length > uri.length()) {
                return;
            }
            T entry = table.match(found.hashOfPrefix(length), uri, length);
            if (entry != null) {
                found.add(entry);
            }
        }
    }

    /** The longest prefix's entry. */
    @Nullable
    T matchBest(Matches<T> scratch) {
        String uri = scratch.uri();
        int[] current = lengths;
        for (int i = current.length - 1; i >= 0; i--) {
            int length = current[i];
            T entry = length > uri.length() ? null : table.match(scratch.hashOfPrefix(length), uri, length);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }
}
