package dev.weft.uri;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table from patterns to entries that is probed with a part of a URI, so without making a key.
 *
 * <p>Open addressing. Each place has a tag of eight bits of the hash, 0 where nothing ever was, and a slot. A probe that
 * finds nothing, the common case when many prefix lengths are tried, reads one or two tags and no object; a million tags
 * are few enough to stay in a processor's cache.
 *
 * <p>Threads: any number of readers, without locks, beside one writer at a time. A writer fills a slot before its tag
 * and empties only the slot; a tag stays, so that probes go on behind it, until the table is laid anew. A reader
 * compares the pattern itself, so what it returns is or was there.
 */
final class UriTable<T> {
    /** Whether a pattern whose tag was met is the one looked for. */
    interface Comparison {
        /** @param length of the part of the URI that was hashed */
        boolean holds(String pattern, String uri, int length);
    }

    private static final VarHandle TAGS = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Slot[].class);
    private static final Comparison SAME = (pattern, uri, length) -> pattern.equals(uri);
    private static final int SMALLEST = 8;

    private record Slot<T>(String pattern, T entry) {}

    /** Arrays of one length, a power of two. The hashes are only for laying the table anew. */
    private record Layout<T>(
            byte[] tags, int[] hashes, @Nullable Slot<T>[] slots) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        static <T> Layout<T> ofCapacity(int capacity) {
            return new Layout<>(new byte[capacity], new int[capacity], new Slot[capacity]);
        }

        /** The index of a hash takes its low bits, the tag its high ones. */
        static byte tagOf(int hash) {
            return (byte) Math.max(1, hash >>> 24);
        }

        int mask() {
            return tags.length - 1;
        }

        byte tag(int index) {
            return (byte) TAGS.getAcquire(tags, index);
        }

        @SuppressWarnings("unchecked")
        @Nullable
        Slot<T> slot(int index) {
            return (Slot<T>) SLOTS.getAcquire(slots, index);
        }

        /** Fills the first free slot from the place of the hash on; answers whether nothing ever was there. */
        boolean fill(int hash, Slot<T> slot) {
            int index = hash & mask();
            while (slots[index] != null) {
                index = (index + 1) & mask();
            }
            boolean fresh = tags[index] == 0;
            hashes[index] = hash;
            SLOTS.setRelease(slots, index, slot);
            TAGS.setRelease(tags, index, tagOf(hash));
            return fresh;
        }

        void empty(int index) {
            SLOTS.setRelease(slots, index, null);
        }
    }

    private final Comparison comparison;
    private volatile Layout<T> layout = Layout.ofCapacity(SMALLEST);
    private volatile int size;
    /** Tags other than 0, of removed patterns too; only the writer's. */
    private int taken;

    UriTable(Comparison comparison) {
        this.comparison = comparison;
    }

    int size() {
        return size;
    }

    /** The entry of the pattern for which the comparison holds with the first {@code length} characters of the URI. */
    @Nullable
    T match(int hash, String uri, int length) {
        return find(layout, hash, uri, length, comparison);
    }

    @Nullable
    T get(int hash, String pattern) {
        return find(layout, hash, pattern, pattern.length(), SAME);
    }

    private static <T> @Nullable T find(Layout<T> layout, int hash, String uri, int length, Comparison comparison) {
        int mask = layout.mask();
        byte tag = Layout.tagOf(hash);
        for (int index = hash & mask; ; index = (index + 1) & mask) {
            byte there = layout.tag(index);
            if (there == 0) {
                return null;
            }
            if (there != tag) {
                continue;
            }
            Slot<T> slot = layout.slot(index);
            if (slot != null && comparison.holds(slot.pattern(), uri, length)) {
                return slot.entry();
            }
        }
    }

    /** Adds a pattern that is not in the table. One writer at a time. */
    void add(int hash, String pattern, T entry) {
        if ((taken + 1) * 2L > layout.tags().length) {
            layAnew();
        }
        if (layout.fill(hash, new Slot<>(pattern, entry))) {
            taken++;
        }
        size++;
    }

    /** One writer at a time. */
    @Nullable
    T remove(int hash, String pattern) {
        Layout<T> current = layout;
        for (int index = hash & current.mask(); current.tag(index) != 0; index = (index + 1) & current.mask()) {
            Slot<T> slot = current.slot(index);
            if (slot != null && slot.pattern().equals(pattern)) {
                current.empty(index);
                size--;
                return slot.entry();
            }
        }
        return null;
    }

    /** A fresh layout for what is left, at most a third full: half as many again can be added before the next. */
    private void layAnew() {
        int capacity = Math.max(SMALLEST, Integer.highestOneBit(size * 3) << 1);
        Layout<T> old = layout;
        Layout<T> fresh = Layout.ofCapacity(capacity);
        for (int i = 0; i < old.tags().length; i++) {
            Slot<T> slot = old.slot(i);
            if (slot != null) {
                fresh.fill(old.hashes()[i], slot);
            }
        }
        taken = size;
        layout = fresh;
    }

    /** Weakly consistent: what is added or removed meanwhile may or may not be seen. */
    void forEach(BiConsumer<? super String, ? super T> action) {
        Layout<T> current = layout;
        for (int i = 0; i < current.tags().length; i++) {
            Slot<T> slot = current.slot(i);
            if (slot != null) {
                action.accept(slot.pattern(), slot.entry());
            }
        }
    }
}
