package dev.weft.load.client;

import io.netty.buffer.ByteBuf;

/**
 * What each message of a load run carries at the end of its argument: 32 letters, which are the same in every serializer.
 * One object is used over and over, as it is written and read for every message.
 */
public final class Stamp {
    /** Octets. */
    public static final int LENGTH = 32;

    /** Streams are numbered from 0 to this. */
    public static final int LAST_STREAM = (1 << 24) - 1;

    private static final int STREAM_DIGITS = 6;
    private static final int SEQUENCE_DIGITS = 10;
    private static final int TIME_DIGITS = 16;

    private int stream;
    private long sequence;
    private long time;
    private boolean malformed;

    /**
     * @param streamNumber whose messages are in order
     * @param number counts up from 1 in each stream
     * @param nanoTime {@link System#nanoTime} when it was to be sent
     */
    public Stamp set(int streamNumber, long number, long nanoTime) {
        stream = streamNumber;
        sequence = number;
        time = nanoTime;
        return this;
    }

    public int stream() {
        return stream;
    }

    public long sequence() {
        return sequence;
    }

    /** {@link System#nanoTime} of this machine when the message was to be sent. */
    public long time() {
        return time;
    }

    public void write(ByteBuf out, int at) {
        write(out, at, STREAM_DIGITS, stream);
        write(out, at + STREAM_DIGITS, SEQUENCE_DIGITS, sequence);
        write(out, at + STREAM_DIGITS + SEQUENCE_DIGITS, TIME_DIGITS, time);
    }

    /** @return false if there is no stamp; then this one is of no use */
    public boolean read(ByteBuf in, int at) {
        if (at < 0 || in.writerIndex() - at < LENGTH) {
            return false;
        }
        malformed = false;
        stream = (int) read(in, at, STREAM_DIGITS);
        sequence = read(in, at + STREAM_DIGITS, SEQUENCE_DIGITS);
        time = read(in, at + STREAM_DIGITS + SEQUENCE_DIGITS, TIME_DIGITS);
        return !malformed;
    }

    private static void write(ByteBuf out, int at, int digits, long value) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            out.setByte(i, 'a' + (int) (rest & 0xf));
            rest >>>= 4;
        }
    }

    private long read(ByteBuf in, int at, int digits) {
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = in.getByte(i) - 'a';
            malformed |= (digit & ~0xf) != 0;
            value = value << 4 | digit;
        }
        return value;
    }
}
