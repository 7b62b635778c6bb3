package dev.weft.wamp.codec.msgpack;

import dev.weft.wamp.codec.token.BinaryWriter;
import java.math.BigInteger;

/** MessagePack, version 5 of its specification, each value in its shortest form; floats always in 64 bits. */
public final class MsgPackWriter extends BinaryWriter {
    @Override
    public void openList(int size) {
        if (size < 16) {
            put(0x90 | size);
        } else if (size < 1 << 16) {
            put16(0xdc, size);
        } else {
            put32(0xdd, size);
        }
    }

    @Override
    public void openDict(int size) {
        if (size < 16) {
            put(0x80 | size);
        } else if (size < 1 << 16) {
            put16(0xde, size);
        } else {
            put32(0xdf, size);
        }
    }

    @Override
    public void nil() {
        put(0xc0);
    }

    @Override
    public void bool(boolean value) {
        put(value ? 0xc3 : 0xc2);
    }

    @Override
    public void integer(long value) {
        if (value < 0) {
            negative(value);
        } else if (value < 1 << 7) {
            put((int) value);
        } else if (value < 1 << 8) {
            put8(0xcc, (int) value);
        } else if (value < 1 << 16) {
            put16(0xcd, (int) value);
        } else if (value < 1L << 32) {
            put32(0xce, (int) value);
        } else {
            put64(0xcf, value);
        }
    }

    private void negative(long value) {
        if (value >= -32) {
            put((int) value);
        } else if (value >= Byte.MIN_VALUE) {
            put8(0xd0, (int) value);
        } else if (value >= Short.MIN_VALUE) {
            put16(0xd1, (int) value);
        } else if (value >= Integer.MIN_VALUE) {
            put32(0xd2, (int) value);
        } else {
            put64(0xd3, value);
        }
    }

    /** An integer beyond 64 bits, which MessagePack does not have, is written as a string of its decimal digits. */
    @Override
    public void integer(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            integer(value.longValue());
        } else if (value.signum() > 0 && value.bitLength() == Long.SIZE) {
            put64(0xcf, value.longValue());
        } else {
            string(value.toString());
        }
    }

    @Override
    public void floating(double value) {
        put64(0xcb, Double.doubleToLongBits(value));
    }

    @Override
    protected void stringHeader(int length) {
        if (length < 32) {
            put(0xa0 | length);
        } else if (length < 1 << 8) {
            put8(0xd9, length);
        } else if (length < 1 << 16) {
            put16(0xda, length);
        } else {
            put32(0xdb, length);
        }
    }

    @Override
    protected void binaryHeader(int length) {
        if (length < 1 << 8) {
            put8(0xc4, length);
        } else if (length < 1 << 16) {
            put16(0xc5, length);
        } else {
            put32(0xc6, length);
        }
    }
}
