package dev.weft.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads one frame without ever looking past its end, and learns the numbers of strings. */
final class FrameReader {
    private static final int VARINT_BITS = 7;

    private final List<String> names = new ArrayList<>();
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private int position;
    private int end;

    /** Reads from here on the {@code length} octets after the reader index of {@code frame}, which is moved past them. */
    void begin(ByteBuf frame, int length) {
        in = frame;
        position = frame.readerIndex();
        end = position + length;
        frame.readerIndex(end);
    }

    /** Forgets the buffer, which the caller may release now. */
    void done() {
        in = Unpooled.EMPTY_BUFFER;
        position = 0;
        end = 0;
    }

    ByteBuf buffer() {
        return in;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    int octet() throws LinkViolation {
        if (position == end) {
            throw truncated();
        }
        return in.getUnsignedByte(position++);
    }

    byte[] octets(int length) throws LinkViolation {
        if (length > remaining()) {
            throw truncated();
        }
        byte[] octets = new byte[length];
        in.getBytes(position, octets);
        position += length;
        return octets;
    }

    long fixed64() throws LinkViolation {
        if (remaining() < Long.BYTES) {
            throw truncated();
        }
        long value = in.getLong(position);
        position += Long.BYTES;
        return value;
    }

    long varint() throws LinkViolation {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
            int octet = octet();
            long bits = octet & 0x7F;
            if (bits << shift >>> shift != bits) {
                break;
            }
            value |= bits << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new LinkViolation("a number has more than 64 bits");
    }

    /** A number of things or octets that follow, each of at least one octet. */
    int count() throws LinkViolation {
        long count = varint();
        if (count < 0 || count > remaining()) {
            throw truncated();
        }
        return (int) count;
    }

    String string() throws LinkViolation {
        return string(count());
    }

    /** A string that may have a number; see {@link FrameWriter#name}. */
    String name() throws LinkViolation {
        long number = varint();
        if (number == FrameFormat.NAME_SPELT) {
            return string();
        }
        if (number == FrameFormat.NAME_NEW) {
            return learn();
        }
        long index = number - FrameFormat.NAME_KNOWN;
        if (index < 0 || index >= names.size()) {
            throw new LinkViolation("no string has the number " + Long.toUnsignedString(number));
        }
        return names.get((int) index);
    }

    private String learn() throws LinkViolation {
        int octets = count();
        if (octets > FrameFormat.MAX_NAME_OCTETS) {
            throw new LinkViolation("a string of " + octets + " octets does not get a number");
        }
        if (names.size() == FrameFormat.MAX_NAMES) {
            throw new LinkViolation("more than " + FrameFormat.MAX_NAMES + " strings have numbers");
        }
        String name = string(octets);
        names.add(name);
        return name;
    }

    private String string(int octets) throws LinkViolation {
        if (!ByteBufUtil.isText(in, position, octets, StandardCharsets.UTF_8)) {
            throw new LinkViolation("a string is not UTF-8");
        }
        String value = in.toString(position, octets, StandardCharsets.UTF_8);
        position += octets;
        return value;
    }

    private static LinkViolation truncated() {
        return new LinkViolation("a frame ends too early");
    }
}
