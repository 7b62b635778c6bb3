package dev.weft.transport;

import io.netty.buffer.ByteBuf;

/** How the messages of one connection are framed on the way out. */
interface FrameWriter {
    Framing framing();

    /** The longest message the peer accepts, in bytes. */
    int maxMessageSize();

    /** How many bytes the header of a message of {@code length} bytes takes. */
    int headerLength(int length);

    /** @param text whether the message is text, for a framing that says so */
    void writeHeader(ByteBuf out, int length, boolean text);

    /** How many bytes follow each message. */
    default int trailerLength() {
        return 0;
    }

    /** Writes what follows a message. */
    default void writeTrailer(ByteBuf out) {
        // In most framings nothing does.
    }

    /** Whether every peer can be trusted to answer a ping. */
    boolean isPingUnderstood();

    void writePing(OutboundQueue queue);

    void writePong(OutboundQueue queue, ByteBuf bytes, int offset, int length);

    /**
     * Says that the connection ends, if the framing has a way to say it.
     *
     * @return whether the peer is to answer
     */
    boolean writeClose(OutboundQueue queue, int code, String words);
}
