package dev.weft.wamp.codec.json;

import dev.weft.wamp.codec.token.TokenWriter;
import dev.weft.wamp.codec.token.Utf8;
import io.netty.buffer.ByteBuf;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * JSON (RFC 8259) without any white space. Binary is written as U+0000 and base64 (WAMP specification, "Binary conversion
 * of JSON Strings"), NaN and the infinities as null, and a key that is no string as the string of its JSON text.
 */
public final class JsonWriter extends TokenWriter {
    private static final byte LIST_FIRST = 0;
    private static final byte LIST_NEXT = 1;
    private static final byte DICT_FIRST = 2;
    private static final byte DICT_NEXT = 3;
    private static final byte DICT_VALUE = 4;

    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");
    private static final byte[] BINARY = ascii("\"\\u0000");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final byte[] SMALLEST_LONG = ascii(Long.toString(Long.MIN_VALUE));
    private static final int LONGEST_LONG = 20;
    private static final int LONGEST_ESCAPE = 6;

    private byte[] states = new byte[16];
    private int depth;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void reset() {
        super.reset();
        depth = 0;
        states[0] = LIST_FIRST;
    }

    @Override
    public void openList(int size) {
        beforeValue();
        put('[');
        push(LIST_FIRST);
    }

    @Override
    public void closeList() {
        put(']');
        depth--;
    }

    @Override
    public void openDict(int size) {
        beforeValue();
        put('{');
        push(DICT_FIRST);
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

    /** Writes what separates this value from what stands before; true if the value is the key of a dict. */
    private boolean beforeValue() {
        byte state = states[depth];
        switch (state) {
            case LIST_FIRST:
                states[depth] = LIST_NEXT;
                return false;
            case LIST_NEXT:
                put(',');
                return false;
            case DICT_VALUE:
                put(':');
                states[depth] = DICT_NEXT;
                return false;
            default:
                if (state == DICT_NEXT) {
                    put(',');
                }
                states[depth] = DICT_VALUE;
                return true;
        }
    }

    @Override
    public void nil() {
        literal(NULL);
    }

    @Override
    public void bool(boolean value) {
        literal(value ? TRUE : FALSE);
    }

    @Override
    public void integer(BigInteger value) {
        literal(ascii(value.toString()));
    }

    @Override
    public void floating(double value) {
        literal(Double.isNaN(value) || Double.isInfinite(value) ? NULL : ascii(Double.toString(value)));
    }

    private void literal(byte[] text) {
        boolean key = beforeValue();
        if (key) {
            put('"');
        }
        put(text, 0, text.length);
        if (key) {
            put('"');
        }
    }

    @Override
    public void integer(long value) {
        if (value == Long.MIN_VALUE) {
            literal(SMALLEST_LONG);
            return;
        }
        boolean key = beforeValue();
        ensure(LONGEST_LONG + 2);
        if (key) {
            buffer[position++] = '"';
        }
        if (value < 0) {
            buffer[position++] = '-';
        }
        digits(Math.abs(value));
        if (key) {
            buffer[position++] = '"';
        }
    }

    private void digits(long value) {
        int length = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            length++;
        }
        long rest = value;
        for (int at = position + length - 1; at >= position; at--) {
            buffer[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        position += length;
    }

    @Override
    public void string(byte[] utf8, int from, int to) {
        beforeValue();
        ensure(to - from + 2);
        buffer[position++] = '"';
        for (int i = from; i < to; i++) {
            byte octet = utf8[i];
            if ((octet >= 0 && octet < ' ') || octet == '"' || octet == '\\') {
                escape(octet, to - i);
            } else {
                buffer[position++] = octet;
            }
        }
        buffer[position++] = '"';
    }

    @Override
    public void string(String value) {
        if (!isPlain(value)) {
            byte[] utf8 = Utf8.bytes(value);
            string(utf8, 0, utf8.length);
            return;
        }
        beforeValue();
        int length = value.length();
        ensure(length + 2);
        buffer[position] = '"';
        for (int i = 0; i < length; i++) {
            buffer[position + 1 + i] = (byte) value.charAt(i);
        }
        buffer[position + 1 + length] = '"';
        position += length + 2;
    }

    /** Whether a string is ASCII without anything that needs an escape, as URIs are. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Writes an escape, and makes room for {@code rest} more bytes. */
    private void escape(byte octet, int rest) {
        ensure(LONGEST_ESCAPE + rest + 1);
        buffer[position++] = '\\';
        switch (octet) {
            case '"', '\\' -> buffer[position++] = octet;
            case '\b' -> buffer[position++] = 'b';
            case '\f' -> buffer[position++] = 'f';
            case '\n' -> buffer[position++] = 'n';
            case '\r' -> buffer[position++] = 'r';
            case '\t' -> buffer[position++] = 't';
            default -> {
                buffer[position++] = 'u';
                buffer[position++] = '0';
                buffer[position++] = '0';
                buffer[position++] = HEX[octet >> 4];
                buffer[position++] = HEX[octet & 0x0f];
            }
        }
    }

    @Override
    public void binary(byte[] bytes, int from, int to) {
        beforeValue();
        put(BINARY, 0, BINARY.length);
        byte[] base64 = Base64.getEncoder().encode(Arrays.copyOfRange(bytes, from, to));
        put(base64, 0, base64.length);
        put('"');
    }

    @Override
    public void beforePayload() {
        put(',');
    }

    @Override
    public void endMessage(ByteBuf out) {
        out.writeByte(']');
    }
}
