package dev.weft.uri;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a URI matched, and the scratch space for finding it out. Made once and used again for every match, so that
 * matching allocates nothing; belongs to one thread.
 */
public final class Matches<T> {
    private @Nullable Object[] found = new Object[16];
    private int size;

    private String uri = "";
    /** The hash state after each number of characters of the URI. */
    private long[] states = new long[128];
    /** The hash of each component of the URI. */
    private long[] components = new long[16];

    private int componentCount;

    /** How many entries matched. */
    public int size() {
        return size;
    }

    /** @param index from 0 to {@code size() - 1} */
    @SuppressWarnings("unchecked")
    public T get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException("match " + index + " of " + size);
        }
        return (T) found[index];
    }

    /** Lets go of the entries found. */
    public void clear() {
        Arrays.fill(found, 0, size, null);
        size = 0;
    }

    void add(T entry) {
        if (size == found.length) {
            found = Arrays.copyOf(found, size * 2);
        }
        found[size++] = entry;
    }

    /** Forgets what was found and takes in the URI that is matched next. */
    void begin(String next) {
        clear();
        uri = next;
        componentCount = 0;
        int length = next.length();
        if (length >= states.length) {
            states = new long[length * 2];
        }
        long[] states = this.states;
        long state = UriHash.START;
        states[0] = state;
        for (int i = 0; i < length; i++) {
            state = UriHash.add(state, next.charAt(i));
            states[i + 1] = state;
        }
    }

    /** As {@link #begin}, in one pass with the hashes of the components. */
    void beginWithComponents(String next) {
        clear();
        uri = next;
        componentCount = 0;
        int length = next.length();
        if (length >= states.length) {
            states = new long[length * 2];
        }
        long[] states = this.states;
        long state = UriHash.START;
        long component = UriHash.START;
        states[0] = state;
        for (int i = 0; i < length; i++) {
            char c = next.charAt(i);
            state = UriHash.add(state, c);
            states[i + 1] = state;
            if (c == '.') {
                addComponent(component);
                component = UriHash.START;
            } else {
                component = UriHash.add(component, c);
            }
        }
        addComponent(component);
    }

    String uri() {
        return uri;
    }

    /** Of the first {@code length} characters. */
    int hashOfPrefix(int length) {
        return UriHash.finish(states[length]);
    }

    /** How many components the URI has, at least one. */
    int componentCount() {
        if (componentCount == 0) {
            splitIntoComponents();
        }
        return componentCount;
    }

    private void splitIntoComponents() {
        String uri = this.uri;
        int length = uri.length();
        long component = UriHash.START;
        for (int i = 0; i < length; i++) {
            char c = uri.charAt(i);
            if (c == '.') {
                addComponent(component);
                component = UriHash.START;
            } else {
                component = UriHash.add(component, c);
            }
        }
        addComponent(component);
    }

    private void addComponent(long hash) {
        if (componentCount == components.length) {
            components = Arrays.copyOf(components, componentCount * 2);
        }
        components[componentCount++] = hash;
    }

    /** Of the URI's components, with the wild ones taken as empty: the hash that a matching pattern has. */
    int hashOfShape(boolean[] wild) {
        long whole = UriHash.START;
        for (int i = 0; i < wild.length; i++) {
            whole = UriHash.add(whole, wild[i] ? UriHash.START : components[i]);
        }
        return UriHash.finish(whole);
    }
}
