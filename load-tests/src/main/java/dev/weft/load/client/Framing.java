package dev.weft.load.client;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;

/** How WAMP messages are laid on a byte stream, seen from the client. One connection only. */
interface Framing {
    /** {@link #next}: all of the next frame is not there yet, and the reader index is where it was. */
    int INCOMPLETE = -1;

    /** {@link #next}: a frame of the transport's own was taken. */
    int CONTROL = -2;

    /** What a client sends first. */
    void writeOpening(ByteBuf out);

    /**
     * Takes the router's answer to the opening.
     *
     * @return false if not all of it is there; then the reader index is where it was
     * @throws ProtocolViolation the router refuses
     */
    boolean readOpening(ByteBuf in) throws ProtocolViolation;

    void write(Serializer serializer, WampMessage message, ByteBuf out);

    /**
     * Takes the header of the next frame; the reader index is at its message then.
     *
     * @param answers takes answers to frames of the transport's own
     * @return the length of the message, which is there as a whole, or one of the constants
     */
    int next(ByteBuf in, StreamHandler answers) throws ProtocolViolation;

    /** Decodes the message that {@link #next} has found; the result is valid until the next one is looked for. */
    default WampMessage decode(Serializer serializer, ByteBuf in, int start, int length) throws ProtocolViolation {
        return serializer.decode(in, start, length);
    }
}
