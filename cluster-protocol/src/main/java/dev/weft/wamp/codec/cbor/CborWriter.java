package dev.weft.wamp.codec.cbor;

import dev.weft.wamp.codec.token.BinaryWriter;
import java.math.BigInteger;

/** CBOR (RFC 8949), counted and each value in its shortest form; floats always in 64 bits. */
public final class CborWriter extends BinaryWriter {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1 << 5;
    private static final int BINARY = 2 << 5;
    private static final int STRING = 3 << 5;
    private static final int LIST = 4 << 5;
    private static final int DICT = 5 << 5;
    private static final int POSITIVE_BIGNUM = 0xc2;
    private static final int NEGATIVE_BIGNUM = 0xc3;

    @Override
    public void openList(int size) {
        head(LIST, size);
    }

    @Override
    public void openDict(int size) {
        head(DICT, size);
    }

    @Override
    public void nil() {
        put(0xf6);
    }

    @Override
    public void bool(boolean value) {
        put(value ? 0xf5 : 0xf4);
    }

    @Override
    public void integer(long value) {
        if (value >= 0) {
            head(UNSIGNED, value);
        } else {
            head(NEGATIVE, -1 - value);
        }
    }

    /** An integer beyond 64 bits is written as a bignum. */
    @Override
    public void integer(BigInteger value) {
        BigInteger magnitude = value.signum() < 0 ? value.not() : value;
        if (magnitude.bitLength() <= Long.SIZE) {
            head(value.signum() < 0 ? NEGATIVE : UNSIGNED, magnitude.longValue());
            return;
        }
        put(value.signum() < 0 ? NEGATIVE_BIGNUM : POSITIVE_BIGNUM);
        byte[] bytes = magnitude.toByteArray();
        binary(bytes, bytes[0] == 0 ? 1 : 0, bytes.length);
    }

    @Override
    public void floating(double value) {
        put64(0xfb, Double.doubleToLongBits(value));
    }

    @Override
    protected void stringHeader(int length) {
        head(STRING, length);
    }

    @Override
    protected void binaryHeader(int length) {
        head(BINARY, length);
    }

    /** The head of an item with its argument, which is to be read as unsigned. */
    private void head(int type, long argument) {
        if (argument < 0 || argument >= 1L << 32) {
            put64(type | 27, argument);
        } else if (argument < 24) {
            put(type | (int) argument);
        } else if (argument < 1 << 8) {
            put8(type | 24, (int) argument);
        } else if (argument < 1 << 16) {
            put16(type | 25, (int) argument);
        } else {
            put32(type | 26, (int) argument);
        }
    }
}
