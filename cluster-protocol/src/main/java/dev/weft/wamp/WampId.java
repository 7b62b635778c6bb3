package dev.weft.wamp;

/** The range of identifiers: 1 to 2^53 (WAMP specification, "IDs"). */
public final class WampId {
    public static final long MIN = 1;
    public static final long MAX = 1L << 53;

    private WampId() {}

    public static boolean isValid(long id) {
        return id >= MIN && id <= MAX;
    }

    /** The session-scope id after {@code id}: one more, 1 after 2^53. */
    public static long next(long id) {
        return id == MAX ? MIN : id + 1;
    }
}
