package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** A history and what can be planted in it. Immutable; times in milliseconds. */
final class Day {
    private static final long NANOS = 1_000_000;

    private final List<Entry> entries;

    Day(List<Entry> entries) {
        this.entries =
                entries.stream().sorted(Comparator.comparingLong(Entry::at)).toList();
    }

    List<Entry> entries() {
        return entries;
    }

    static long ms(long millis) {
        return millis * NANOS;
    }

    Day plus(Entry... more) {
        List<Entry> longer = new ArrayList<>(entries);
        longer.addAll(List.of(more));
        return new Day(longer);
    }

    Day without(Class<? extends Entry> kind, int index) {
        Entry gone = find(kind, index);
        return new Day(entries.stream().filter(entry -> entry != gone).toList());
    }

    Day without(Predicate<Entry> gone) {
        return new Day(entries.stream().filter(gone.negate()).toList());
    }

    /** The entry comes once more, a millisecond later. */
    Day twice(Class<? extends Entry> kind, int index) {
        Entry entry = find(kind, index);
        return plus(with(entry, "at", entry.at() + NANOS));
    }

    Day moved(Class<? extends Entry> kind, int index, long millis) {
        return changed(kind, index, "at", ms(millis));
    }

    Day changed(Class<? extends Entry> kind, int index, String component, Object value) {
        Entry entry = find(kind, index);
        return changed(each -> each == entry, component, value);
    }

    Day changed(Predicate<Entry> which, String component, Object value) {
        return new Day(entries.stream()
                .map(each -> which.test(each) ? with(each, component, value) : each)
                .toList());
    }

    /** Two entries take each other's times. */
    Day swapped(Class<? extends Entry> kind, int one, int other) {
        Entry first = find(kind, one);
        Entry second = find(kind, other);
        return new Day(entries.stream()
                .map(each -> each == first ? with(first, "at", second.at()) : each)
                .map(each -> each == second ? with(second, "at", first.at()) : each)
                .toList());
    }

    private Entry find(Class<? extends Entry> kind, int index) {
        return entries.stream().filter(kind::isInstance).skip(index).findFirst().orElseThrow();
    }

    private static Entry with(Entry entry, String component, Object value) {
        RecordComponent[] components = entry.getClass().getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = components[i].getName().equals(component)
                        ? value
                        : components[i].getAccessor().invoke(entry);
            }
            Constructor<?> constructor = entry.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            return (Entry) constructor.newInstance(values);
        } catch (ReflectiveOperationException wrong) {
            throw new AssertionError(wrong);
        }
    }
}
