package dev.weft.wamp.codec.token;

import dev.weft.wamp.ProtocolViolation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/** What binary formats have in common: big-endian numbers and containers that may say how much they hold. */
public abstract class BinaryReader extends TokenReader {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Up to here a float is one integer and no other. */
    private static final double EXACT = 1L << 53;

    protected double floating;

    @Override
    protected final long outermostFrame(int values) {
        return CountedFrames.list(values);
    }

    @Override
    public final double floatValue() {
        return floating;
    }

    @Override
    public final boolean isInteger(Token token) {
        if (token == Token.FLOAT && Math.rint(floating) == floating && Math.abs(floating) <= EXACT) {
            integer = (long) floating;
            return true;
        }
        return token == Token.INTEGER;
    }

    @Override
    public final void finish() throws ProtocolViolation {
        if (position != end) {
            throw violation("bytes follow the message");
        }
    }

    /** Opens a list of {@code length} values, each of which takes a byte at least. */
    protected final Token openList(long length) throws ProtocolViolation {
        refuseAsKey();
        need(length);
        admit((int) length);
        open(CountedFrames.list(length));
        size = (int) length;
        return Token.LIST;
    }

    /** Opens a dict of {@code length} entries, each of which takes two bytes at least. */
    protected final Token openDict(long length) throws ProtocolViolation {
        refuseAsKey();
        need(length * 2);
        admit((int) length * 2);
        open(CountedFrames.dict(length));
        size = (int) length;
        return Token.DICT;
    }

    /** Called after the frame was told of the value: a key that was begun leaves an odd number of values. */
    protected final void refuseAsKey() throws ProtocolViolation {
        if ((frames[depth] & 3) == 3) {
            throw violation("a list or dict cannot be the key of a dict");
        }
    }

    protected final Token string(long length) throws ProtocolViolation {
        need(length);
        takeText((int) length);
        if (!Utf8.isValid(bytes, textFrom, textTo)) {
            throw violation("a string is not UTF-8");
        }
        return Token.STRING;
    }

    protected final Token binary(long length) throws ProtocolViolation {
        need(length);
        takeText((int) length);
        return Token.BINARY;
    }

    protected final Token integer(long value) {
        integer = value;
        return Token.INTEGER;
    }

    /** An integer of 64 bits without a sign. */
    protected final Token unsigned(long value) {
        if (value >= 0) {
            return integer(value);
        }
        bigInteger = new BigInteger(1, magnitude(value));
        return Token.BIG_INTEGER;
    }

    /** The eight bytes of a number without a sign. */
    protected static byte[] magnitude(long value) {
        byte[] magnitude = new byte[Long.BYTES];
        LONG.set(magnitude, 0, value);
        return magnitude;
    }

    protected final Token floating(double value) {
        floating = value;
        return Token.FLOAT;
    }

    protected final int read8() throws ProtocolViolation {
        need(1);
        return bytes[position++] & 0xff;
    }

    protected final int read16() throws ProtocolViolation {
        need(Short.BYTES);
        int value = (short) SHORT.get(bytes, position) & 0xffff;
        position += Short.BYTES;
        return value;
    }

    protected final int read32() throws ProtocolViolation {
        need(Integer.BYTES);
        int value = (int) INT.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    protected final long readUnsigned32() throws ProtocolViolation {
        return read32() & 0xffffffffL;
    }

    protected final long read64() throws ProtocolViolation {
        need(Long.BYTES);
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }
}
