package dev.weft.session;

import dev.weft.wamp.WampId;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * Identifiers of global scope: drawn at random, uniform over [1, 2^53] (WAMP specification, "IDs"). Not thread-safe: one
 * for each event loop.
 */
public final class GlobalIds {
    private static final SecureRandom SECURE = new SecureRandom();

    private final SplittableRandom random = new SplittableRandom(SECURE.nextLong());

    /** An id that may be guessed by who has seen others: for publications. */
    public long next() {
        return random.nextLong(WampId.MIN, WampId.MAX + 1);
    }

    /** An id that cannot be guessed: for sessions. */
    public long nextUnguessable() {
        return SECURE.nextLong(WampId.MIN, WampId.MAX + 1);
    }
}
