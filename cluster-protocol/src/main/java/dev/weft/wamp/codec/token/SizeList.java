package dev.weft.wamp.codec.token;

import java.util.Arrays;

/**
 * The numbers of elements of nested lists and dicts, in the order in which they open, for formats that must write them
 * first and are fed from formats that know them last.
 */
public final class SizeList {
    private static final int FIRST_SIZES = 16;
    private static final int KEPT_SIZES = 16 * 1024;

    private int[] sizes = new int[FIRST_SIZES];
    private int[] open = new int[FIRST_SIZES];
    private int count;
    private int depth;
    private int taken;

    public void clear() {
        count = 0;
        depth = 0;
        taken = 0;
        if (sizes.length > KEPT_SIZES) {
            sizes = new int[FIRST_SIZES];
        }
    }

    /** Whether all sizes have been taken. */
    public boolean isEmpty() {
        return taken == count;
    }

    /** The next number of elements; keys and values both count. */
    public int take() {
        return sizes[taken++];
    }

    void open() {
        if (count == sizes.length) {
            sizes = Arrays.copyOf(sizes, count * 2);
        }
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
        }
        sizes[count] = 0;
        open[depth++] = count++;
    }

    void element() {
        sizes[open[depth - 1]]++;
    }

    void close() {
        depth--;
    }
}
