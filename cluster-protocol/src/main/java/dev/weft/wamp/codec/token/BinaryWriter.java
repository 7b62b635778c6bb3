package dev.weft.wamp.codec.token;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What binary formats have in common: big-endian numbers, and the length of a string before the string. */
public abstract class BinaryWriter extends TokenWriter {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The first bytes of a string of {@code length} bytes. */
    protected abstract void stringHeader(int length);

    /** The first bytes of a binary of {@code length} bytes. */
    protected abstract void binaryHeader(int length);

    @Override
    public void closeList() {
        // A list says at its beginning where it ends.
    }

    @Override
    public void closeDict() {
        // A dict says at its beginning where it ends.
    }

    @Override
    public int openSmallDict() {
        int mark = position;
        openDict(0);
        return mark;
    }

    @Override
    public void closeSmallDict(int mark, int size) {
        buffer[mark] += (byte) size;
    }

    @Override
    public final void string(byte[] utf8, int from, int to) {
        stringHeader(to - from);
        put(utf8, from, to);
    }

    @Override
    public final void string(String value) {
        if (!Utf8.isAscii(value)) {
            byte[] utf8 = Utf8.bytes(value);
            string(utf8, 0, utf8.length);
            return;
        }
        int length = value.length();
        stringHeader(length);
        ensure(length);
        for (int i = 0; i < length; i++) {
            buffer[position + i] = (byte) value.charAt(i);
        }
        position += length;
    }

    @Override
    public void binary(byte[] bytes, int from, int to) {
        binaryHeader(to - from);
        put(bytes, from, to);
    }

    @Override
    public final void beforePayload() {
        // Elements follow each other without anything between.
    }

    @Override
    public void endMessage(ByteBuf out) {
        // A list says at its beginning where it ends.
    }

    protected final void put8(int code, int value) {
        ensure(1 + Byte.BYTES);
        buffer[position] = (byte) code;
        buffer[position + 1] = (byte) value;
        position += 1 + Byte.BYTES;
    }

    protected final void put16(int code, int value) {
        ensure(1 + Short.BYTES);
        buffer[position] = (byte) code;
        SHORT.set(buffer, position + 1, (short) value);
        position += 1 + Short.BYTES;
    }

    protected final void put32(int code, int value) {
        ensure(1 + Integer.BYTES);
        buffer[position] = (byte) code;
        INT.set(buffer, position + 1, value);
        position += 1 + Integer.BYTES;
    }

    protected final void put64(int code, long value) {
        ensure(1 + Long.BYTES);
        buffer[position] = (byte) code;
        LONG.set(buffer, position + 1, value);
        position += 1 + Long.BYTES;
    }
}
