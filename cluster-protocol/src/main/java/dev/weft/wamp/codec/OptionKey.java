package dev.weft.wamp.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keys of options and details that have a place in a record. A key on the wire is the constant in lower case, after a {@code _} if it is none of the specification's. */
enum OptionKey {
    ACKNOWLEDGE,
    CALLER,
    CALLER_AUTHID,
    CALLER_AUTHROLE,
    CONCURRENCY,
    DISCLOSE_CALLER,
    DISCLOSE_ME,
    ELIGIBLE,
    ELIGIBLE_AUTHID,
    ELIGIBLE_AUTHROLE,
    EXCLUDE,
    EXCLUDE_AUTHID,
    EXCLUDE_AUTHROLE,
    EXCLUDE_ME,
    FORWARD_TIMEOUT,
    GET_RETAINED,
    INVOKE,
    MATCH,
    MESSAGE,
    MODE,
    PPT_CIPHER,
    PPT_KEYID,
    PPT_SCHEME,
    PPT_SERIALIZER,
    PROCEDURE,
    PROGRESS,
    PUBLISHER,
    PUBLISHER_AUTHID,
    PUBLISHER_AUTHROLE,
    REASON,
    RECEIVE_PROGRESS,
    REGISTRATION,
    RETAIN,
    RETAINED,
    SUBSCRIPTION,
    TIMEOUT,
    TOPIC,
    TRACEPARENT("_"),
    TRACESTATE("_"),
    TRUSTLEVEL;

    private static final int SLOTS = 256;
    private static final @Nullable OptionKey[] BY_HASH = new @Nullable OptionKey[SLOTS];

    static {
        for (OptionKey key : values()) {
            int slot = hash(key.utf8, 0, key.utf8.length);
            while (BY_HASH[slot] != null) {
                slot = (slot + 1) % SLOTS;
            }
            BY_HASH[slot] = key;
        }
    }

    private final String text;
    private final byte[] utf8;

    OptionKey() {
        this("");
    }

    OptionKey(String prefix) {
        text = prefix + name().toLowerCase(Locale.ROOT);
        utf8 = text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The key on the wire. */
    String text() {
        return text;
    }

    /** The key on the wire; not to be changed. */
    byte[] utf8() {
        return utf8;
    }

    /** The key that these bytes spell, or null. Allocates nothing. */
    static @Nullable OptionKey of(byte[] bytes, int from, int to) {
        if (from == to) {
            return null;
        }
        int slot = hash(bytes, from, to);
        OptionKey candidate = BY_HASH[slot];
        while (candidate != null && !Arrays.equals(candidate.utf8, 0, candidate.utf8.length, bytes, from, to)) {
            slot = (slot + 1) % SLOTS;
            candidate = BY_HASH[slot];
        }
        return candidate;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int length = to - from;
        int mixed = (length * 31 + bytes[from]) * 31 + bytes[to - 1];
        return (mixed * 31 + bytes[from + length / 2]) & SLOTS - 1;
    }
}
