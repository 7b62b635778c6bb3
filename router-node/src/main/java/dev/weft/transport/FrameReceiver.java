package dev.weft.transport;

import io.netty.buffer.ByteBuf;

/** Who is told what a frame reader finds. The bytes are valid during the call only. */
interface FrameReceiver {
    /** Whether frames are still wanted. Asked before each frame. */
    boolean isReceiving();

    /**
     * The longest message that is taken now, in bytes. Asked for each frame.
     *
     * @param longest that the transport takes
     */
    int longestNow(int longest);

    void message(ByteBuf bytes, int offset, int length, boolean text);

    void ping(ByteBuf bytes, int offset, int length);

    /**
     * The peer wants to close (WebSocket).
     *
     * @param code the code it gave, or 1005 if it gave none
     */
    void peerCloses(int code);

    /** What came is no frame, or is too long. Nothing further is read. */
    void broken(CloseReason reason, String fault);
}
