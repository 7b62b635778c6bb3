package dev.weft.wamp.codec.token;

import dev.weft.wamp.ProtocolViolation;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one format as tokens. A format says how its bytes look; the nesting, the limits and the text of faults are here.
 *
 * <p>Nothing is read recursively, and nothing is allocated because of a length that the input merely declares. An
 * instance is used over and over by one thread; the value of a token is valid until the next one is read.
 */
public abstract class TokenReader {
    /** The {@link #size()} of a list or dict whose length is known only at its end. */
    public static final int UNKNOWN_SIZE = -1;

    private static final byte[] NOTHING = {};
    private static final int FIRST_FRAMES = 16;

    /** Scratch space for text, in bytes, that is kept from one message to the next. */
    protected static final int KEPT_SCRATCH = 64 * 1024;

    protected byte[] bytes = NOTHING;
    protected int position;
    protected int end;

    /** Whether text that is not Unicode is refused (a message) or replaced (a payload that is transcoded). */
    protected boolean strict;

    /** The first byte of the token read last, tags included. */
    protected int tokenStart;

    protected long integer;
    protected BigInteger bigInteger = BigInteger.ZERO;
    protected int size;
    protected byte[] text = NOTHING;
    protected int textFrom;
    protected int textTo;

    /** One number for each list or dict that is open; what it means is the format's business. */
    protected long[] frames = new long[FIRST_FRAMES];

    protected int depth;

    private int start;
    private int deepest;
    private int valuesLeft;

    /** What {@link #frames} holds while {@code values} values follow each other outside any list. */
    protected abstract long outermostFrame(int values);

    /** Reads the next token: of the list or dict that is open, or of the values outside. */
    public abstract Token next() throws ProtocolViolation;

    /** Checks and skips what is left of the list or dict that was opened last, its end included. */
    public abstract void skipRest() throws ProtocolViolation;

    /** Fails if anything follows the message. */
    public abstract void finish() throws ProtocolViolation;

    /** The value of a {@link Token#FLOAT}. */
    public abstract double floatValue();

    /**
     * Begins with a message in {@code bytes[from..to)}, from a peer that is not trusted.
     *
     * @param maxDepth how deep lists and dicts may be nested inside the list that is the message
     * @param maxValues how many values the message may hold
     */
    public final void startMessage(byte[] bytes, int from, int to, int maxDepth, int maxValues) {
        start(bytes, from, to, 1);
        strict = true;
        deepest = maxDepth + 1;
        valuesLeft = maxValues;
    }

    /** Begins with a payload of {@code values} values that a decoder has accepted before. */
    public final void startPayload(byte[] bytes, int from, int to, int values) {
        start(bytes, from, to, values);
        strict = false;
        deepest = Integer.MAX_VALUE;
        valuesLeft = Integer.MAX_VALUE;
    }

    private void start(byte[] bytes, int from, int to, int values) {
        this.bytes = bytes;
        start = from;
        position = from;
        end = to;
        depth = 0;
        frames[0] = outermostFrame(values);
    }

    /** Lets go of the bytes, which are not ours, and of any scratch space that is larger than most messages need. */
    public void release() {
        bytes = NOTHING;
        text = NOTHING;
    }

    /** The position of the first byte of the token read last. */
    public final int tokenStart() {
        return tokenStart;
    }

    /** The position after the token read last. */
    public final int position() {
        return position;
    }

    /** The value of a {@link Token#INTEGER}. */
    public final long integer() {
        return integer;
    }

    /**
     * Whether the token read last can be taken for an {@link #integer()}. Encoders in JavaScript have one kind of number and
     * write integers beyond 32 bits as floats; a format whose encoders do takes floats that are whole numbers, too.
     */
    public boolean isInteger(Token token) {
        return token == Token.INTEGER;
    }

    /** The value of a {@link Token#BIG_INTEGER}. */
    public final BigInteger bigInteger() {
        return bigInteger;
    }

    /** The elements of a {@link Token#LIST} or the entries of a {@link Token#DICT}, or {@link #UNKNOWN_SIZE}. */
    public final int size() {
        return size;
    }

    /** The array that holds the UTF-8 of a {@link Token#STRING}, or the bytes of a {@link Token#BINARY}. */
    public final byte[] text() {
        return text;
    }

    public final int textFrom() {
        return textFrom;
    }

    public final int textTo() {
        return textTo;
    }

    /** The value of a {@link Token#STRING}. */
    public final String string() {
        return new String(text, textFrom, textTo - textFrom, StandardCharsets.UTF_8);
    }

    /** A copy of the value of a {@link Token#BINARY}. */
    public final byte[] binary() {
        return Arrays.copyOfRange(text, textFrom, textTo);
    }

    /** Skips the value that {@code token}, just read, begins. */
    public final void skip(Token token) throws ProtocolViolation {
        if (token.isContainer()) {
            skipRest();
        }
    }

    /** How many elements or entries, counted to its end, the list or dict has that was opened last. Moves nothing. */
    public final void countSizes(SizeList sizes) throws ProtocolViolation {
        int savedPosition = position;
        int savedDepth = depth;
        long savedFrame = frames[depth];
        count(sizes);
        position = savedPosition;
        depth = savedDepth;
        frames[depth] = savedFrame;
        size = UNKNOWN_SIZE;
    }

    private void count(SizeList sizes) throws ProtocolViolation {
        sizes.clear();
        int floor = depth;
        sizes.open();
        while (depth >= floor) {
            Token token = next();
            if (token == Token.END) {
                sizes.close();
                continue;
            }
            sizes.element();
            if (token.isContainer()) {
                sizes.open();
            }
        }
    }

    protected final void refuseTooDeep(int level) throws ProtocolViolation {
        if (level > deepest) {
            throw violation("values are nested too deep");
        }
    }

    /** Opens a list or dict; its frame is on top then. */
    protected final void open(long frame) throws ProtocolViolation {
        refuseTooDeep(depth + 1);
        depth++;
        if (depth == frames.length) {
            frames = Arrays.copyOf(frames, depth * 2);
        }
        frames[depth] = frame;
    }

    /** Counts values against the limit. */
    protected final void admit(int values) throws ProtocolViolation {
        if (values > valuesLeft) {
            throw violation("too many values in one message");
        }
        valuesLeft -= values;
    }

    /** Fails if fewer than {@code length} bytes are left. */
    protected final void need(long length) throws ProtocolViolation {
        if (length > end - position) {
            throw violation("the message ends too early");
        }
    }

    /** Takes {@code length} bytes as the text of the token. */
    protected final void takeText(int length) {
        text = bytes;
        textFrom = position;
        position += length;
        textTo = position;
    }

    /** A fault in the form of the message, with the byte at which it was found. */
    public final ProtocolViolation violation(String fault) {
        return new ProtocolViolation(fault + " (byte " + (position - start) + " of the message)");
    }
}
