package dev.weft.wamp.codec.token;

/**
 * Frames of formats that count: twice the number of values left, plus one in a dict, where an even number of values
 * left means that a key comes next. A list that ends by a mark has a number of values left that is never used up.
 */
public final class CountedFrames {
    /** What one value takes from a frame; less than that is left in a frame without further values. */
    public static final long VALUE = 2;

    private static final long DICT = 1;
    private static final long UNCOUNTED = 1L << 61;

    private CountedFrames() {}

    public static long list(long values) {
        return values * VALUE;
    }

    public static long dict(long entries) {
        return entries * 2 * VALUE + DICT;
    }

    public static long uncountedList() {
        return UNCOUNTED;
    }

    public static long uncountedDict() {
        return UNCOUNTED + DICT;
    }

    public static boolean isDict(long frame) {
        return (frame & DICT) != 0;
    }

    public static boolean isUncounted(long frame) {
        return frame > UNCOUNTED / 2;
    }

    /** Whether the next value is the key of a dict. */
    public static boolean atKey(long frame) {
        return (frame & (DICT | VALUE)) == DICT;
    }

    /** Whether the end mark may stand here. */
    public static boolean mayEnd(long frame) {
        return isUncounted(frame) && (frame & (DICT | VALUE)) != (DICT | VALUE);
    }
}
