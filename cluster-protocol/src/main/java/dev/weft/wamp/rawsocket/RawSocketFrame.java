package dev.weft.wamp.rawsocket;

import dev.weft.wamp.ProtocolViolation;

/**
 * The four octets before each message, as one big-endian number: four bits that are zero, a twenty-fifth bit for
 * the length 2^24, three bits for the type, then the length in 24 bits.
 */
public final class RawSocketFrame {
    /** Octets. */
    public static final int HEADER_LENGTH = 4;

    private static final int RESERVED = 0xf0000000;
    private static final int LENGTH_2_24 = 1 << 27;
    private static final int LENGTH_BITS = 0x00ffffff;

    private RawSocketFrame() {}

    /** What a frame holds. */
    public enum Type {
        /** One WAMP message. */
        WAMP,
        /** To be answered at once with one {@link #PONG} that holds the same. */
        PING,
        PONG;

        private static final Type[] BY_CODE = values();
    }

    /**
     * The header of a frame.
     *
     * @param length of what follows, in octets: 0 to 2^24
     */
    public static int header(Type type, int length) {
        if (length < 0 || length > RawSocketHandshake.LONGEST_MESSAGE) {
            throw new IllegalArgumentException("no frame is " + length + " octets long");
        }
        int code = type.ordinal() << 24;
        return length == RawSocketHandshake.LONGEST_MESSAGE ? code | LENGTH_2_24 : code | length;
    }

    /**
     * The length of what follows a header, in octets: 0 to 2^24.
     *
     * @throws ProtocolViolation if the header uses what is reserved
     */
    public static int length(int header) throws ProtocolViolation {
        if ((header & RESERVED) != 0) {
            throw new ProtocolViolation("a RawSocket frame uses reserved bits");
        }
        int length = header & LENGTH_BITS;
        if ((header & LENGTH_2_24) == 0) {
            return length;
        }
        if (length != 0) {
            throw new ProtocolViolation("a RawSocket frame is longer than 2^24 octets");
        }
        return RawSocketHandshake.LONGEST_MESSAGE;
    }

    /**
     * The type in a header.
     *
     * @throws ProtocolViolation if the type is reserved
     */
    public static Type type(int header) throws ProtocolViolation {
        int code = header >>> 24 & 0x07;
        if (code >= Type.BY_CODE.length) {
            throw new ProtocolViolation("the RawSocket frame type " + code + " is reserved");
        }
        return Type.BY_CODE[code];
    }
}
