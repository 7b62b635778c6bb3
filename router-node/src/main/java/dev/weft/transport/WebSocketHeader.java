package dev.weft.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The header of a frame from a client, gathered octet by octet (RFC 6455, section 5.2). */
final class WebSocketHeader {
    private static final int SHORT = 126;
    private static final int LONG = 127;
    private static final int MASKED = 0x80;
    private static final int RESERVED_BITS = 0x70;

    private final int permittedReservedBits;
    private int octets;
    private int needed = 2;
    private int first;
    private int lengthCode;
    private long length;
    private int mask;

    /** @param compression whether the bit that says that a message is compressed is permitted */
    WebSocketHeader(boolean compression) {
        this.permittedReservedBits = compression ? WebSocketWriter.RSV1 : 0;
    }

    /** Takes octets until the header is complete or nothing is left. Stops at a fault: see {@link #fault}. */
    boolean read(ByteBuf in) {
        while (octets < needed && in.isReadable()) {
            take(in.readUnsignedByte());
        }
        return octets == needed;
    }

    /** What is wrong with the octets so far, or null. */
    @Nullable
    String fault() {
        if ((first & RESERVED_BITS & ~permittedReservedBits) != 0) {
            return "reserved bits are set in the frame header";
        }
        if (octets < 2) {
            return null;
        }
        if (needed == 2) {
            return "an unmasked frame";
        }
        if (isReservedOpcode()) {
            return "opcode " + opcode() + " is reserved";
        }
        if (isControl() && !isFinal()) {
            return "a fragmented control frame";
        }
        if (isControl() && lengthCode > WebSocketWriter.MAX_CONTROL) {
            return "a control frame of more than 125 bytes";
        }
        if (isCompressed() && (isControl() || opcode() == WebSocketWriter.CONTINUATION)) {
            return "the compression bit is set in a frame that begins no message";
        }
        return octets == needed ? lengthFault() : null;
    }

    private @Nullable String lengthFault() {
        boolean tooWide =
                (lengthCode == SHORT && length < SHORT) || (lengthCode == LONG && length >= 0 && length <= 0xFFFF);
        if (tooWide) {
            return "a length that is not encoded in the fewest octets";
        }
        return length < 0 ? "a negative length" : null;
    }

    void reset() {
        octets = 0;
        needed = 2;
        length = 0;
        mask = 0;
    }

    int opcode() {
        return first & 0xF;
    }

    boolean isControl() {
        return (first & 0x8) != 0;
    }

    boolean isFinal() {
        return (first & WebSocketWriter.FIN) != 0;
    }

    boolean isCompressed() {
        return (first & WebSocketWriter.RSV1) != 0;
    }

    long length() {
        return length;
    }

    int mask() {
        return mask;
    }

    private boolean isReservedOpcode() {
        int opcode = opcode();
        return (opcode > WebSocketWriter.BINARY && opcode < WebSocketWriter.CLOSE) || opcode > WebSocketWriter.PONG;
    }

    private void take(int octet) {
        if (octets == 0) {
            first = octet;
        } else if (octets == 1) {
            lengthCode = octet & ~MASKED;
            needed = (octet & MASKED) == 0 ? 2 : 2 + lengthOctets() + 4;
            length = lengthOctets() == 0 ? lengthCode : 0;
        } else if (octets < 2 + lengthOctets()) {
            length = length << 8 | octet;
        } else {
            mask = mask << 8 | octet;
        }
        octets++;
    }

    private int lengthOctets() {
        if (lengthCode < SHORT) {
            return 0;
        }
        return lengthCode == SHORT ? Short.BYTES : Long.BYTES;
    }
}
