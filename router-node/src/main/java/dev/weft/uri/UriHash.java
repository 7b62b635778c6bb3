package dev.weft.uri;

import java.security.SecureRandom;

/**
 * A hash of a sequence of characters or of component hashes, taken in one at a time, so that the hash of every prefix
 * falls out on the way to the hash of the whole.
 *
 * <p>Seeded and with a secret multiplier, drawn once per process: URIs come from clients, and {@link String#hashCode()}
 * lets anyone choose a million of them that collide.
 */
final class UriHash {
    /** The state before anything was taken in; also the hash of an empty component. */
    static final long START;

    private static final long MULTIPLIER;

    static {
        SecureRandom random = new SecureRandom();
        START = random.nextLong();
        MULTIPLIER = random.nextLong() | 1;
    }

    private UriHash() {}

    static long add(long state, long value) {
        return (state ^ value) * MULTIPLIER;
    }

    static long of(String text) {
        long state = START;
        for (int i = 0; i < text.length(); i++) {
            state = add(state, text.charAt(i));
        }
        return state;
    }

    /** Of the components between the dots, each hashed for itself, the empty ones of a wildcard pattern included. */
    static long ofComponents(String pattern) {
        long whole = START;
        long component = START;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '.') {
                whole = add(whole, component);
                component = START;
            } else {
                component = add(component, c);
            }
        }
        return add(whole, component);
    }

    /** 32 well mixed bits of the state. */
    static int finish(long state) {
        long mixed = (state ^ (state >>> 32)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }
}
