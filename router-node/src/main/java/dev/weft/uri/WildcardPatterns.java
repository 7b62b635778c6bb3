package dev.weft.uri;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Wildcard patterns, found by one probe for each shape in use among those with as many components as the URI. A match
 * therefore costs no more than the number of such shapes, never the 2^n ways in which n components could be wild.
 *
 * <p>Shapes rather than a trie of components: applications use a handful of shapes and many patterns, a trie would need
 * a small map for every component, and the best match is simply the first in the order of the shapes.
 */
final class WildcardPatterns<T> {
    /** By number of components, then the best first; neither list changes once published. */
    private volatile List<List<WildcardShape<T>>> shapes = List.of();

    private volatile int size;

    int size() {
        return size;
    }

    void forEach(BiConsumer<? super String, ? super T> action) {
        shapes.forEach(ofCount -> ofCount.forEach(shape -> shape.patterns().forEach(action)));
    }

    @Nullable
    T get(String pattern) {
        WildcardShape<T> shape = find(WildcardShape.of(pattern));
        return shape == null ? null : shape.patterns().get(hash(pattern), pattern);
    }

    void add(String pattern, T entry) {
        WildcardShape<T> fresh = WildcardShape.of(pattern);
        WildcardShape<T> known = find(fresh);
        WildcardShape<T> shape = known == null ? fresh : known;
        shape.patterns().add(hash(pattern), pattern, entry);
        size++;
        if (known == null) {
            publishWith(fresh);
        }
    }

    @Nullable
    T remove(String pattern) {
        WildcardShape<T> shape = find(WildcardShape.of(pattern));
        T removed = shape == null ? null : shape.patterns().remove(hash(pattern), pattern);
        if (shape == null || removed == null) {
            return null;
        }
        size--;
        if (shape.patterns().size() == 0) {
            publishWithout(shape);
        }
        return removed;
    }

    private static int hash(String pattern) {
        return UriHash.finish(UriHash.ofComponents(pattern));
    }

    private List<WildcardShape<T>> ofCount(int componentCount) {
        List<List<WildcardShape<T>>> current = shapes;
        return componentCount < current.size() ? current.get(componentCount) : List.of();
    }

    private @Nullable WildcardShape<T> find(WildcardShape<T> like) {
        List<WildcardShape<T>> candidates = ofCount(like.componentCount());
        int index = Collections.binarySearch(candidates, like, WildcardShape.BEST_FIRST);
        return index < 0 ? null : candidates.get(index);
    }

    private void publishWith(WildcardShape<T> shape) {
        List<WildcardShape<T>> candidates = new ArrayList<>(ofCount(shape.componentCount()));
        candidates.add(shape);
        candidates.sort(WildcardShape.BEST_FIRST);
        publish(shape.componentCount(), candidates);
    }

    private void publishWithout(WildcardShape<T> shape) {
        List<WildcardShape<T>> candidates = new ArrayList<>(ofCount(shape.componentCount()));
        candidates.remove(shape);
        publish(shape.componentCount(), candidates);
    }

    private void publish(int componentCount, List<WildcardShape<T>> candidates) {
        List<List<WildcardShape<T>>> next = new ArrayList<>(shapes);
        while (next.size() <= componentCount) {
            next.add(List.of());
        }
        next.set(componentCount, List.copyOf(candidates));
        shapes = List.copyOf(next);
    }

    /** Appends every matching pattern's entry, the best first. */
    void matchAll(Matches<T> found) {
        if (size == 0) {
            return;
        }
        List<WildcardShape<T>> candidates = ofCount(found.componentCount());
        for (int i = 0; i < candidates.size(); i++) {
            T entry = match(candidates.get(i), found);
            if (entry != null) {
                found.add(entry);
            }
        }
    }

    /** The entry of the pattern whose concrete components reach furthest from the left. */
    @Nullable
    T matchBest(Matches<T> scratch) {
        if (size == 0) {
            return null;
        }
        List<WildcardShape<T>> candidates = ofCount(scratch.componentCount());
        for (int i = 0; i < candidates.size(); i++) {
            T entry = match(candidates.get(i), scratch);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    private static <T> @Nullable T match(WildcardShape<T> shape, Matches<T> scratch) {
        String uri = scratch.uri();
        return shape.patterns().match(scratch.hashOfShape(shape.wild()), uri, uri.length());
    }
}
