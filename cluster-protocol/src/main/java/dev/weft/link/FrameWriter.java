package dev.weft.link;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Gathers the head of one frame and gives strings their numbers. A plain array is written much faster than a buffer that
 * checks each octet.
 */
final class FrameWriter {
    private static final int USUAL_OCTETS = 1024;
    private static final int KEPT_OCTETS = 64 * 1024;
    private static final int VARINT_OCTETS = 10;

    private final Map<String, Integer> names = new HashMap<>();
    private byte[] head = new byte[USUAL_OCTETS];
    private int length;

    void begin(FrameType type, int flags) {
        length = 0;
        if (head.length > KEPT_OCTETS) {
            head = new byte[USUAL_OCTETS];
        }
        head[length++] = (byte) type.code();
        head[length++] = (byte) flags;
    }

    /** Octets gathered so far. */
    int length() {
        return length;
    }

    /** Writes the length of the frame, which {@code more} octets will follow, and what was gathered. */
    void writeTo(ByteBuf out, int more) {
        out.writeInt(length + more);
        out.writeBytes(head, 0, length);
    }

    void octet(int value) {
        reserve(1);
        head[length++] = (byte) value;
    }

    void octets(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, head, length, value.length);
        length += value.length;
    }

    void fixed64(long value) {
        reserve(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            head[length++] = (byte) (value >>> shift);
        }
    }

    /** Seven bits an octet, the lowest first; the highest bit says that more follow. */
    void varint(long value) {
        reserve(VARINT_OCTETS);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            head[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        head[length++] = (byte) rest;
    }

    void string(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        octets(utf8);
    }

    /** A string that is likely to come again. */
    void name(String value) {
        Integer known = names.get(value);
        if (known != null) {
            varint(known);
            return;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        boolean numbered = utf8.length <= FrameFormat.MAX_NAME_OCTETS && names.size() < FrameFormat.MAX_NAMES;
        if (numbered) {
            names.put(value, FrameFormat.NAME_KNOWN + names.size());
        }
        varint(numbered ? FrameFormat.NAME_NEW : FrameFormat.NAME_SPELT);
        varint(utf8.length);
        octets(utf8);
    }

    private void reserve(int octets) {
        if (head.length - length < octets) {
            head = Arrays.copyOf(head, Math.max(head.length * 2, length + octets));
        }
    }
}
