package dev.weft.wamp.codec.ubjson;

import dev.weft.wamp.codec.token.BinaryWriter;
import io.netty.buffer.ByteBuf;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * UBJSON, draft 12 of its specification: integers in their shortest form, floats in 64 bits, lists and dicts that end by a
 * mark, binary as a strongly typed list of uint8. Integers beyond 64 bits are numbers of high precision, NaN and the infinities
 * null. A key that is no string is the string that it would be in JSON.
 */
public final class UbjsonWriter extends BinaryWriter {
    private static final byte LIST = 0;
    private static final byte DICT_KEY = 1;
    private static final byte DICT_VALUE = 2;

    private byte[] states = new byte[16];
    private int depth;

    @Override
    public void reset() {
        super.reset();
        depth = 0;
        states[0] = LIST;
    }

    @Override
    public void openList(int size) {
        atKey();
        put('[');
        push(LIST);
    }

    @Override
    public void closeList() {
        put(']');
        depth--;
    }

    @Override
    public void openDict(int size) {
        atKey();
        put('{');
        push(DICT_KEY);
    }

    @Override
    public void closeDict() {
        put('}');
        depth--;
    }

    @Override
    public int openSmallDict() {
        openDict(0);
        return 0;
    }

    @Override
    public void closeSmallDict(int mark, int size) {
        closeDict();
    }

    private void push(byte state) {
        depth++;
        if (depth == states.length) {
            states = Arrays.copyOf(states, depth * 2);
        }
        states[depth] = state;
    }

    /** Whether what is written next is the key of a dict, after which its value comes. */
    private boolean atKey() {
        byte state = states[depth];
        if (state == LIST) {
            return false;
        }
        states[depth] = state == DICT_KEY ? DICT_VALUE : DICT_KEY;
        return state == DICT_KEY;
    }

    @Override
    public void nil() {
        single('Z', "null");
    }

    @Override
    public void bool(boolean value) {
        single(value ? 'T' : 'F', Boolean.toString(value));
    }

    private void single(char type, String key) {
        if (atKey()) {
            ascii(key);
        } else {
            put(type);
        }
    }

    @Override
    public void integer(long value) {
        if (atKey()) {
            ascii(Long.toString(value));
        } else {
            number(value);
        }
    }

    private void number(long value) {
        if (value >= 0 && value < 1 << 8) {
            put8('U', (int) value);
        } else if (value >= Byte.MIN_VALUE && value < 0) {
            put8('i', (int) value);
        } else if (value == (short) value) {
            put16('I', (int) value);
        } else if (value == (int) value) {
            put32('l', (int) value);
        } else {
            put64('L', value);
        }
    }

    @Override
    public void integer(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            integer(value.longValue());
            return;
        }
        if (!atKey()) {
            put('H');
        }
        ascii(value.toString());
    }

    @Override
    public void floating(double value) {
        if (!Double.isFinite(value)) {
            nil();
        } else if (atKey()) {
            ascii(Double.toString(value));
        } else {
            put64('D', Double.doubleToLongBits(value));
        }
    }

    @Override
    protected void stringHeader(int length) {
        if (!atKey()) {
            put('S');
        }
        number(length);
    }

    @Override
    protected void binaryHeader(int length) {
        put('[');
        put('$');
        put('U');
        put('#');
        number(length);
    }

    @Override
    public void binary(byte[] bytes, int from, int to) {
        if (atKey()) {
            byte[] base64 = Base64.getEncoder().encode(Arrays.copyOfRange(bytes, from, to));
            number(base64.length + 1L);
            put(0);
            put(base64, 0, base64.length);
        } else {
            super.binary(bytes, from, to);
        }
    }

    /** A length and the text. */
    private void ascii(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        number(bytes.length);
        put(bytes, 0, bytes.length);
    }

    @Override
    public void endMessage(ByteBuf out) {
        out.writeByte(']');
    }
}
