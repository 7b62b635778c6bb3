package dev.weft.transport;

import io.netty.buffer.ByteBuf;

/** Tells RawSocket from HTTP: no HTTP request begins with 0x7F (WAMP specification, "RawSocket Transport"). */
final class FirstOctet implements Stage {
    private static final int RAWSOCKET = 0x7F;

    private final SocketHandler socket;

    FirstOctet(SocketHandler socket) {
        this.socket = socket;
    }

    @Override
    public void read(ByteBuf in) {
        if (!in.isReadable()) {
            return;
        }
        boolean rawSocket = in.getByte(in.readerIndex()) == RAWSOCKET;
        socket.enter(rawSocket ? new RawSocketOpening(socket) : new WebSocketOpening(socket), in);
    }
}
