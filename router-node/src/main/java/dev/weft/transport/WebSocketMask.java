package dev.weft.transport;

import io.netty.buffer.ByteBuf;

/** The mask that a client lays over its frames (RFC 6455, section 5.3). */
final class WebSocketMask {
    private static final long NOT_ASCII = 0x8080808080808080L;

    private WebSocketMask() {}

    /**
     * Takes the mask off in place.
     *
     * @param position how many bytes of the frame's payload came before
     * @return whether all of it is ASCII
     */
    static boolean remove(ByteBuf bytes, int offset, int length, int mask, int position) {
        int rotated = Integer.rotateLeft(mask, (position & 3) * 8);
        long wide = (long) rotated << 32 | (rotated & 0xFFFFFFFFL);
        long seen = 0;
        int at = offset;
        int end = offset + length;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            long plain = bytes.getLong(at) ^ wide;
            bytes.setLong(at, plain);
            seen |= plain;
        }
        for (int shift = 24; at < end; at++, shift = shift - 8 & 31) {
            byte plain = (byte) (bytes.getByte(at) ^ rotated >>> shift);
            bytes.setByte(at, plain);
            seen |= plain;
        }
        return (seen & NOT_ASCII) == 0;
    }
}
