package dev.weft.transport;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates the messages of one connection, each on its own (RFC 7692, section 7.2.2). Stops as soon as a message grows beyond the limit, so
 * that what a message inflates to is never held. Belongs to the event loop of the connection.
 */
final class MessageInflater {
    enum Outcome {
        INFLATED,
        TOO_LARGE,
        NOT_DEFLATE
    }

    private static final byte[] TAIL = {0x00, 0x00, (byte) 0xFF, (byte) 0xFF};
    private static final int CHUNK = 8192;

    private @Nullable Inflater inflater;

    /**
     * Inflates a part of a message.
     *
     * @param last whether it is the last part
     * @param out holds what came of the message so far; what is inflated is appended, up to one byte over the limit
     * @param longest the limit, in bytes
     */
    Outcome inflate(ByteBuf in, int offset, int length, boolean last, ByteBuf out, int longest) {
        if (inflater == null) {
            inflater = new Inflater(true);
        }
        try {
            Outcome outcome = drain(inflater, in.nioBuffer(offset, length), out, longest);
            if (outcome != Outcome.INFLATED || !last) {
                return outcome;
            }
            outcome = drain(inflater, ByteBuffer.wrap(TAIL), out, longest);
            inflater.reset();
            return outcome;
        } catch (DataFormatException notDeflate) {
            return Outcome.NOT_DEFLATE;
        }
    }

    /** Frees the native memory. */
    void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    private Outcome drain(Inflater stream, ByteBuffer in, ByteBuf out, int longest) throws DataFormatException {
        stream.setInput(in);
        while (true) {
            out.ensureWritable(Math.min(CHUNK, longest + 1 - out.readableBytes()));
            int writable = Math.min(out.writableBytes(), longest + 1 - out.readableBytes());
            int inflated = stream.inflate(out.nioBuffer(out.writerIndex(), writable));
            out.writerIndex(out.writerIndex() + inflated);
            if (out.readableBytes() > longest) {
                return Outcome.TOO_LARGE;
            }
            if (stream.needsDictionary()) {
                return Outcome.NOT_DEFLATE;
            }
            if (stream.finished()) {
                // A final block ends the stream, not the message (RFC 7692, section 7.2.3.4).
                stream.reset();
                stream.setInput(in);
            }
            if (inflated < writable && !in.hasRemaining()) {
                return Outcome.INFLATED;
            }
        }
    }
}
