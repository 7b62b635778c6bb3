package dev.weft.wamp.codec.token;

import io.netty.buffer.ByteBuf;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Writes tokens in one format. What is written is collected in an array of its own and taken out by {@link #writeTo} or
 * {@link #toByteArray}. An instance is used over and over by one thread.
 */
public abstract class TokenWriter {
    private static final int FIRST_CAPACITY = 512;
    private static final int KEPT_CAPACITY = 64 * 1024;

    protected byte[] buffer = new byte[FIRST_CAPACITY];
    protected int position;

    /** Forgets what was written. */
    public void reset() {
        position = 0;
        if (buffer.length > KEPT_CAPACITY) {
            buffer = new byte[FIRST_CAPACITY];
        }
    }

    public final void writeTo(ByteBuf out) {
        out.writeBytes(buffer, 0, position);
    }

    public final byte[] toByteArray() {
        return Arrays.copyOf(buffer, position);
    }

    /** Begins a list of {@code size} elements. */
    public abstract void openList(int size);

    public abstract void closeList();

    /** Begins a dict of {@code size} entries, keys and values in turn. */
    public abstract void openDict(int size);

    public abstract void closeDict();

    /**
     * Begins a dict of at most 15 entries whose number is told at its end.
     *
     * @return what {@link #closeSmallDict} wants
     */
    public abstract int openSmallDict();

    public abstract void closeSmallDict(int mark, int size);

    public abstract void nil();

    public abstract void bool(boolean value);

    public abstract void integer(long value);

    /** An integer that may be beyond 64 bits. */
    public abstract void integer(BigInteger value);

    public abstract void floating(double value);

    /** A string, given as UTF-8. */
    public abstract void string(byte[] utf8, int from, int to);

    /** A string; half of a surrogate pair is written as U+FFFD. */
    public abstract void string(String value);

    public abstract void binary(byte[] bytes, int from, int to);

    /** What stands between the elements written and the payload, which is written by someone else. */
    public abstract void beforePayload();

    /** What ends a message, after the payload. */
    public abstract void endMessage(ByteBuf out);

    protected final void ensure(int length) {
        if (buffer.length - position < length) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(position, length), 2 * buffer.length));
        }
    }

    protected final void put(int octet) {
        ensure(1);
        buffer[position++] = (byte) octet;
    }

    protected final void put(byte[] bytes, int from, int to) {
        int length = to - from;
        ensure(length);
        System.arraycopy(bytes, from, buffer, position, length);
        position += length;
    }
}
