package dev.weft.lane;

import io.netty.util.collection.LongObjectHashMap;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A map from identifiers to objects that does not box. Keys are mixed with a seed drawn at start, because some are
 * chosen by clients and the map beneath is quadratic for keys chosen against it. Not thread-safe.
 */
public final class LongMap<V> {
    private static final long SEED = ThreadLocalRandom.current().nextLong();
    private static final long ODD = 0x9E3779B97F4A7C15L;
    private static final int FIRST_CAPACITY = 4;

    private final LongObjectHashMap<V> map = new LongObjectHashMap<>(FIRST_CAPACITY);

    public @Nullable V get(long key) {
        return map.get(mix(key));
    }

    /** Puts and returns what was there before, or null. */
    public @Nullable V put(long key, V value) {
        return map.put(mix(key), value);
    }

    public @Nullable V remove(long key) {
        return map.remove(mix(key));
    }

    public int size() {
        return map.size();
    }

    public boolean isEmpty() {
        return map.isEmpty();
    }

    /** A view of the values, in no order; the map must not change while it is walked. */
    public Collection<V> values() {
        return map.values();
    }

    public void clear() {
        map.clear();
    }

    /** One to one, so that no two keys become one. */
    private static long mix(long key) {
        long mixed = (key ^ SEED) * ODD;
        return mixed ^ (mixed >>> 32);
    }
}
