package dev.weft.wamp.codec;

import dev.weft.wamp.codec.token.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The strings seen lately, found by their UTF-8, so that a URI that comes again costs no memory. Of fixed size: each place
 * holds the last string that fell there.
 */
final class StringCache {
    private static final int PLACE_BITS = 10;
    private static final int LONGEST = 255;
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final @Nullable Entry[] entries = new @Nullable Entry[1 << PLACE_BITS];

    private record Entry(byte[] utf8, String text) {}

    /** The string that {@code utf8[from..to)} spells. */
    String get(byte[] utf8, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return new String(utf8, from, length, StandardCharsets.UTF_8);
        }
        int place = hash(utf8, from, to);
        Entry entry = entries[place];
        if (entry != null && Arrays.equals(entry.utf8, 0, entry.utf8.length, utf8, from, to)) {
            return entry.text;
        }
        String text = new String(utf8, from, length, StandardCharsets.UTF_8);
        entries[place] = new Entry(Arrays.copyOfRange(utf8, from, to), text);
        return text;
    }

    private static int hash(byte[] utf8, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ Utf8.word(utf8, at)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        for (; at < to; at++) {
            hash = (hash ^ utf8[at]) * MULTIPLIER;
        }
        return (int) (hash >>> (Long.SIZE - PLACE_BITS));
    }
}
