package dev.weft.link;

/**
 * Names one call in flight on the node of its caller: a number counted by the caller's event loop, with the index of
 * that loop in the low eight bits, so that an answer finds its way back. Opaque to everyone else.
 */
public final class CallId {
    /** Event loops a node may have. */
    public static final int MAX_LOOPS = 256;

    private static final int LOOP_BITS = 8;

    private CallId() {}

    public static long of(long sequence, int loop) {
        return sequence << LOOP_BITS | loop;
    }

    public static int loop(long call) {
        return (int) call & (MAX_LOOPS - 1);
    }
}
