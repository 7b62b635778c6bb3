package dev.weft.uri;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions or registrations by id. A hash table with open addressing of nothing but the entries themselves, which
 * know their ids: a map with boxed keys takes longer to fill than all else that a node does with an entry it is told.
 *
 * <p>Threads: any number of readers, without locks, beside one writer at a time.
 *
 * @param <T> the entry
 */
public final class IdIndex<T> {
    private static final VarHandle PLACES = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final int SMALLEST = 16;

    /** Where one was removed: probes go on behind it. */
    private static final Object GONE = new Object();

    private final ToLongFunction<T> idOf;
    private volatile @Nullable Object[] places = new Object[SMALLEST];
    /** Not null; only the writer's. */
    private int taken;

    private int size;

    /** @param idOf the id that an entry has now: a hash, so that its low bits are as good as any */
    public IdIndex(ToLongFunction<T> idOf) {
        this.idOf = idOf;
    }

    @SuppressWarnings("unchecked")
    public @Nullable T find(long id) {
        @Nullable Object[] current = places;
        for (int index = place(id, current); ; index = next(index, current)) {
            Object found = PLACES.getAcquire(current, index);
            if (found == null) {
                return null;
            }
            if (found != GONE && idOf.applyAsLong((T) found) == id) {
                return (T) found;
            }
        }
    }

    /** Adds an entry that is not there, under the id that it has. */
    public void add(T entry) {
        if ((taken + 1) * 2 > places.length) {
            layAnew();
        }
        if (fill(places, entry)) {
            taken++;
        }
        size++;
    }

    /** @param id under which it was added */
    public void remove(long id, T entry) {
        @Nullable Object[] current = places;
        for (int index = place(id, current); current[index] != null; index = next(index, current)) {
            if (current[index] == entry) {
                PLACES.setRelease(current, index, GONE);
                size--;
                return;
            }
        }
    }

    /** At most a third full: half as many again can be added before the next. */
    @SuppressWarnings("unchecked")
    private void layAnew() {
        @Nullable Object[] fresh = new Object[Math.max(SMALLEST, Integer.highestOneBit(size * 3) << 1)];
        for (Object entry : places) {
            if (entry != null && entry != GONE) {
                fill(fresh, (T) entry);
            }
        }
        taken = size;
        places = fresh;
    }

    /** Answers whether nothing ever was in the place that it took. */
    private boolean fill(@Nullable Object[] into, T entry) {
        int index = place(idOf.applyAsLong(entry), into);
        while (into[index] != null && into[index] != GONE) {
            index = next(index, into);
        }
        boolean fresh = into[index] == null;
        PLACES.setRelease(into, index, entry);
        return fresh;
    }

    private static int place(long id, @Nullable Object[] in) {
        return (int) id & (in.length - 1);
    }

    private static int next(int index, @Nullable Object[] in) {
        return (index + 1) & (in.length - 1);
    }
}
