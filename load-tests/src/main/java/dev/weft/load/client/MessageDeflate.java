package dev.weft.load.client;

import dev.weft.wamp.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * permessage-deflate without context takeover either way (RFC 7692, section 7), so that one serves all connections of an
 * event loop. What it returns is valid until it is asked again.
 */
final class MessageDeflate {
    /** For the opening handshake. */
    static final String OFFER = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    /** What a deflated message ends with, and is sent without. */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private static final int CHUNK = 4096;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private final ByteBuf deflated = Unpooled.directBuffer();
    private final ByteBuf inflated = Unpooled.directBuffer();

    ByteBuf deflate(ByteBuf message) {
        deflater.reset();
        deflater.setInput(message.nioBuffer());
        deflated.clear();
        int written;
        int room;
        do {
            deflated.ensureWritable(CHUNK);
            room = deflated.writableBytes();
            written = deflater.deflate(deflated.nioBuffer(deflated.writerIndex(), room), Deflater.SYNC_FLUSH);
            deflated.writerIndex(deflated.writerIndex() + written);
        } while (written == room);
        return deflated.writerIndex(deflated.writerIndex() - TAIL.length);
    }

    /** @throws ProtocolViolation the octets are no deflated message */
    ByteBuf inflate(ByteBuf in, int start, int length) throws ProtocolViolation {
        inflater.reset();
        inflated.clear();
        try {
            inflater.setInput(in.nioBuffer(start, length));
            drain();
            inflater.setInput(TAIL);
            drain();
        } catch (DataFormatException broken) {
            throw new ProtocolViolation("the router sends what cannot be inflated: " + broken.getMessage());
        }
        return inflated;
    }

    private void drain() throws DataFormatException {
        int written;
        int room;
        do {
            inflated.ensureWritable(CHUNK);
            room = inflated.writableBytes();
            written = inflater.inflate(inflated.nioBuffer(inflated.writerIndex(), room));
            inflated.writerIndex(inflated.writerIndex() + written);
        } while (written == room);
    }

    void release() {
        deflater.end();
        inflater.end();
        deflated.release();
        inflated.release();
    }
}
