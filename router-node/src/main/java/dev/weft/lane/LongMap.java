package dev.weft.lane;

import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A map from identifiers to objects that does not box, and takes 24 bytes while nothing is in it: a session has four, and most
 * have one entry in one of them. Keys are mixed with a seed drawn at start, because some are chosen by clients, and probing is
 * slow for keys chosen against it. Not thread-safe.
 */
public final class LongMap<V> {
    private static final long SEED = ThreadLocalRandom.current().nextLong();
    private static final long ODD = 0x9E3779B97F4A7C15L;
    private static final long OTHER_ODD = 0xBF58476D1CE4E5B9L;
    private static final int FIRST_CAPACITY = 4;
    private static final long[] NO_KEYS = {};
    private static final Object[] NO_VALUES = {};

    /** Open addressing: as long as {@link #values}, a power of two; a key counts where there is a value. */
    private long[] keys = NO_KEYS;

    private @Nullable Object[] values = NO_VALUES;
    private int size;

    public @Nullable V get(long key) {
        return size == 0 ? null : valueAt(indexOf(key));
    }

    /** Puts and returns what was there before, or null. */
    public @Nullable V put(long key, V value) {
        if (values.length == 0) {
            allocate(FIRST_CAPACITY);
        }
        int index = indexOf(key);
        V before = valueAt(index);
        keys[index] = key;
        values[index] = value;
        if (before == null && ++size > values.length / 2) {
            grow();
        }
        return before;
    }

    public @Nullable V remove(long key) {
        if (size == 0) {
            return null;
        }
        int index = indexOf(key);
        V before = valueAt(index);
        if (before != null) {
            size--;
            close(index);
        }
        return before;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** A view of the values, in no order; the map must not change while it is walked. */
    public Collection<V> values() {
        return new Values();
    }

    public void clear() {
        Arrays.fill(values, null);
        size = 0;
    }

    /** Where the key is, or where it is to be put. */
    private int indexOf(long key) {
        int mask = values.length - 1;
        int index = home(key, SEED, mask);
        while (values[index] != null && keys[index] != key) {
            index = (index + 1) & mask;
        }
        return index;
    }

    @SuppressWarnings("unchecked")
    private @Nullable V valueAt(int index) {
        return (V) values[index];
    }

    private void allocate(int capacity) {
        keys = new long[capacity];
        values = new Object[capacity];
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        allocate(oldValues.length * 2);
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != null) {
                int index = indexOf(oldKeys[i]);
                keys[index] = oldKeys[i];
                values[index] = oldValues[i];
            }
        }
    }

    /** Empties a place; what probing would not find any more beyond a gap moves into it. */
    private void close(int emptied) {
        int mask = values.length - 1;
        int gap = emptied;
        for (int i = (gap + 1) & mask; values[i] != null; i = (i + 1) & mask) {
            int fromHome = (i - home(keys[i], SEED, mask)) & mask;
            if (fromHome >= ((i - gap) & mask)) {
                keys[gap] = keys[i];
                values[gap] = values[i];
                gap = i;
            }
        }
        values[gap] = null;
    }

    /**
     * Each bit of the key counts, with any seed: of the calls of an event loop the low bits are alike, other keys differ in
     * their highest only, and those are brought down before a multiplication can lose them.
     */
    static int home(long key, long seed, int mask) {
        long mixed = key ^ seed;
        mixed = (mixed ^ (mixed >>> 32)) * ODD;
        mixed = (mixed ^ (mixed >>> 32)) * OTHER_ODD;
        return (int) (mixed >>> 32) & mask;
    }

    private final class Values extends AbstractCollection<V> {
        @Override
        public int size() {
            return size;
        }

        @Override
        public Iterator<V> iterator() {
            return new Walk();
        }
    }

    private final class Walk implements Iterator<V> {
        private int next = after(-1);

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public V next() {
            V value = hasNext() ? valueAt(next) : null;
            if (value == null) {
                throw new NoSuchElementException();
            }
            next = after(next);
            return value;
        }

        private int after(int index) {
            int at = index + 1;
            while (at < values.length && values[at] == null) {
                at++;
            }
            return at;
        }
    }
}
