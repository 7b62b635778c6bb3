package dev.weft.transport;

import io.netty.buffer.ByteBuf;

/**
 * Checks that bytes are UTF-8 (RFC 3629), as they come: a fault is found at the first octet that no valid text has there.
 * Eight ASCII octets are checked at a time.
 */
final class Utf8Check {
    private static final long NOT_ASCII = 0x8080808080808080L;

    /** Continuation octets still to come, or -1 after a fault. */
    private int missing;
    /** What the next continuation octet must be at least and at most, as unsigned values. */
    private int lowest;

    private int highest;

    /** Whether the octets seen so far can be the beginning of a text. */
    boolean accept(ByteBuf bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && missing >= 0) {
            if (missing == 0 && end - at >= Long.BYTES && (bytes.getLong(at) & NOT_ASCII) == 0) {
                at += Long.BYTES;
            } else {
                accept(bytes.getUnsignedByte(at));
                at++;
            }
        }
        return missing >= 0;
    }

    /** Whether no character is left incomplete. */
    boolean isComplete() {
        return missing == 0;
    }

    void reset() {
        missing = 0;
    }

    private void accept(int octet) {
        if (missing == 0) {
            begin(octet);
        } else if (octet < lowest || octet > highest) {
            missing = -1;
        } else {
            missing--;
            lowest = 0x80;
            highest = 0xBF;
        }
    }

    private void begin(int octet) {
        if (octet < 0x80) {
            return;
        }
        lowest = 0x80;
        highest = 0xBF;
        if (octet >= 0xC2 && octet <= 0xDF) {
            missing = 1;
        } else if (octet >= 0xE0 && octet <= 0xEF) {
            missing = 2;
            if (octet == 0xE0) {
                lowest = 0xA0;
            } else if (octet == 0xED) {
                highest = 0x9F;
            }
        } else if (octet >= 0xF0 && octet <= 0xF4) {
            missing = 3;
            if (octet == 0xF0) {
                lowest = 0x90;
            } else if (octet == 0xF4) {
                highest = 0x8F;
            }
        } else {
            missing = -1;
        }
    }
}
