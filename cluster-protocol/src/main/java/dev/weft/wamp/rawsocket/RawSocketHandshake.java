package dev.weft.wamp.rawsocket;

import org.jspecify.annotations.Nullable;

/**
 * The four octets that each side sends before the first frame, as one big-endian number: {@code 0x7F}, then four bits for
 * the longest message the sender wants to receive and four for the serializer, then two octets that are zero.
 */
public final class RawSocketHandshake {
    /** Octets. */
    public static final int LENGTH = 4;

    /** The first octet. No HTTP request begins with it, so that both can share a port. */
    public static final int MAGIC = 0x7f;

    /** The longest message that can be agreed on, in octets: 2^24. */
    public static final int LONGEST_MESSAGE = 1 << 24;

    /** The shortest limit that can be agreed on, in octets: 2^9. */
    public static final int SHORTEST_LIMIT = 1 << 9;

    private static final int RESERVED = 0xffff;

    private RawSocketHandshake() {}

    /** Whether these four octets begin as a handshake does. If not, the connection fails without an answer. */
    public static boolean isHandshake(int octets) {
        return octets >>> 24 == MAGIC;
    }

    /**
     * What a client asks for, or a router's answer to it, which echoes the serializer.
     *
     * @param maxMessageLength the longest message the sender wants to receive, in octets; rounded down to a power of two
     *     from 2^9 to 2^24
     * @param rawSocketId the number of the serializer, 1 to 15: {@code SerializerId.rawSocketId()}
     */
    public static int of(int maxMessageLength, int rawSocketId) {
        if (maxMessageLength < SHORTEST_LIMIT || rawSocketId < 1 || rawSocketId > 15) {
            throw new IllegalArgumentException("no handshake for " + maxMessageLength + ", " + rawSocketId);
        }
        int limit = Math.min(maxMessageLength, LONGEST_MESSAGE);
        int exponent = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(limit);
        return MAGIC << 24 | (exponent - 9) << 20 | rawSocketId << 16;
    }

    /** A router's refusal. */
    public static int refusal(RawSocketError error) {
        return MAGIC << 24 | error.code() << 20;
    }

    /** The longest message, in octets, that the sender of a handshake wants to receive: 2^9 to 2^24. */
    public static int maxMessageLength(int octets) {
        return SHORTEST_LIMIT << (octets >>> 20 & 0x0f);
    }

    /** The number of the serializer; 0, which is illegal in a request, in a refusal. */
    public static int rawSocketId(int octets) {
        return octets >>> 16 & 0x0f;
    }

    /** What is wrong with the form of a client's request, or null. Whether the serializer is known is not looked at here. */
    public static @Nullable RawSocketError fault(int request) {
        if ((request & RESERVED) != 0) {
            return RawSocketError.USE_OF_RESERVED_BITS;
        }
        return rawSocketId(request) == 0 ? RawSocketError.SERIALIZER_UNSUPPORTED : null;
    }

    /** Whether a router's answer is a refusal. */
    public static boolean isRefusal(int answer) {
        return rawSocketId(answer) == 0;
    }

    /** Why a router refused; null if it is for a reason that the specification does not have. */
    public static @Nullable RawSocketError refusalReason(int answer) {
        return RawSocketError.of(answer >>> 20 & 0x0f);
    }
}
