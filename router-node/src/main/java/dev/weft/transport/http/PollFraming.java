package dev.weft.transport.http;

import dev.weft.transport.BatchFormat;
import dev.weft.transport.Frame;
import dev.weft.transport.Framing;
import dev.weft.transport.Subprotocol;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * How the messages for the client of one long-poll transport are encoded: each for a body of its own, or as part of a batch.
 * Belongs to the transport's event loop.
 */
final class PollFraming {
    private final HttpLoop loop;
    private final Serializer serializer;
    private final @Nullable BatchFormat format;

    PollFraming(HttpLoop loop, Subprotocol subprotocol) {
        this.loop = loop;
        this.serializer = loop.serializer(subprotocol.serializer());
        this.format = subprotocol.batched() ? BatchFormat.of(subprotocol.serializer()) : null;
    }

    Serializer serializer() {
        return serializer;
    }

    Framing framing() {
        return format == null ? Framing.LONGPOLL : Framing.LONGPOLL_BATCH;
    }

    /** Null if each body is one message. */
    @Nullable
    BatchFormat format() {
        return format;
    }

    Frame frame(WampMessage message) {
        ByteBuf encoded = loop.scratch();
        serializer.encode(message, encoded);
        int length = encoded.readableBytes();
        if (format == null) {
            return new Frame(PooledByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(encoded), 0, 0);
        }
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(format.header() + length + format.trailer());
        format.writeHeader(bytes, length);
        bytes.writeBytes(encoded);
        format.writeTrailer(bytes);
        return new Frame(bytes, format.header(), format.trailer());
    }

    /** The body of the next answer, of a mailbox that is not empty. */
    byte[] body(Mailbox mailbox) {
        return format == null ? mailbox.first() : mailbox.batch();
    }
}
