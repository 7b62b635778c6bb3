package dev.weft.cluster.membership.guard;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.OutboundHandler;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/** Puts what a connection sends into records: two octets that count the rest, and the rest sealed. Of an I/O thread. */
final class SealingEncoder extends OutboundHandler<ByteBuffer, ByteBuffer> {
    static final int HEADER = 2;

    /**
     * Octets of a record before it is sealed. AES-GCM is slow by a factor of ten until Java has compiled what begins a record,
     * which it does after thousands of them: a node that joins receives its share of the tables in small ones in half the time.
     */
    static final int MOST_PLAIN = 2 * 1024;

    private final RecordCipher cipher;

    SealingEncoder(byte[] key) {
        this.cipher = RecordCipher.sealing(key);
    }

    @Override
    public void handlerAdded() {
        initDstBuffer();
    }

    @Override
    public HandlerStatus onWrite() throws GeneralSecurityException {
        dst.compact();
        try {
            while (src.hasRemaining()) {
                int room = dst.remaining() - HEADER - RecordCipher.TAG_BYTES;
                if (room <= 0) {
                    return HandlerStatus.DIRTY;
                }
                int plain = Math.min(Math.min(src.remaining(), room), MOST_PLAIN);
                int sealed = plain + RecordCipher.TAG_BYTES;
                dst.putShort((short) sealed);
                cipher.next(sealed, src.slice(src.position(), plain), dst);
                src.position(src.position() + plain);
            }
            return HandlerStatus.CLEAN;
        } finally {
            dst.flip();
        }
    }
}
