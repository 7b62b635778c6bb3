package dev.weft.cluster.membership.guard;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.InboundHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/**
 * Opens the records that a connection receives: see {@link SealingEncoder}. One that the other side has not sealed ends the
 * connection, and nothing of it is handed on. Of an I/O thread.
 */
final class OpeningDecoder extends InboundHandler<ByteBuffer, ByteBuffer> {
    /** A member may seal more at once than {@link SealingEncoder#MOST_PLAIN}. */
    private static final int LARGEST = 16 * 1024 + RecordCipher.TAG_BYTES;

    private static final int BUFFER = 4 * (LARGEST + SealingEncoder.HEADER);

    private final RecordCipher cipher;

    OpeningDecoder(byte[] key) {
        this.cipher = RecordCipher.opening(key);
    }

    @Override
    public void handlerAdded() {
        initSrcBuffer(BUFFER);
    }

    @Override
    public HandlerStatus onRead() throws IOException, GeneralSecurityException {
        src.flip();
        try {
            while (src.remaining() >= SealingEncoder.HEADER) {
                int sealed = src.getShort(src.position()) & 0xFFFF;
                if (sealed <= RecordCipher.TAG_BYTES || sealed > LARGEST) {
                    throw new IOException("no record of a member");
                }
                if (src.remaining() < SealingEncoder.HEADER + sealed) {
                    return HandlerStatus.CLEAN;
                }
                if (dst.remaining() < sealed - RecordCipher.TAG_BYTES) {
                    return HandlerStatus.DIRTY;
                }
                int from = src.position() + SealingEncoder.HEADER;
                cipher.next(sealed, src.slice(from, sealed), dst);
                src.position(from + sealed);
            }
            return HandlerStatus.CLEAN;
        } finally {
            src.compact();
        }
    }
}
