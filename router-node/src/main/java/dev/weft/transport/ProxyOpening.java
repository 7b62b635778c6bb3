package dev.weft.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Takes the header of the PROXY protocol, before anything else on a connection. */
final class ProxyOpening implements Stage {
    private final SocketHandler socket;
    private @Nullable ByteBuf gathered;

    ProxyOpening(SocketHandler socket) {
        this.socket = socket;
    }

    @Override
    public void read(ByteBuf in) {
        ByteBuf all = gather(in);
        try {
            ProxyHeader header = ProxyHeader.read(all);
            if (header == null) {
                return;
            }
            if (header.client() != null) {
                socket.seenAs(header.client());
                if (!socket.listener().mayCome(socket.client())) {
                    socket.abandon(CloseReason.CONNECTION_RATE);
                    return;
                }
            }
            all.skipBytes(header.length());
            gathered = null;
            try {
                socket.enter(new FirstOctet(socket), all);
            } finally {
                all.release();
            }
        } catch (ProxyHeader.Malformed malformed) {
            socket.refuse(CloseReason.PROXY_HEADER_INVALID, malformed.fault());
        }
    }

    private ByteBuf gather(ByteBuf in) {
        ByteBuf all = gathered;
        if (all == null) {
            all = socket.allocator().buffer(in.readableBytes());
            gathered = all;
        }
        return all.writeBytes(in);
    }

    @Override
    public void gone() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }
}
