package dev.weft.load.client;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;

/** The client's end of a connection that carries WAMP. Event loop of the connection only. */
public abstract class WampHandler extends StreamHandler {
    private final Serializer serializer;
    private final Framing framing;
    private boolean opened;

    /** Over RawSocket. */
    protected WampHandler(Serializer serializer) {
        this(serializer, new RawSocketFraming(serializer.id()));
    }

    WampHandler(Serializer serializer, Framing framing) {
        this.serializer = serializer;
        this.framing = framing;
    }

    /** The router has agreed to the transport: HELLO may be sent. */
    protected abstract void onConnected();

    /** @param message valid until this returns, as its payload is a view of what was read */
    protected abstract void onMessage(WampMessage message);

    /** Leaves with the next {@link #flush()}, or at the end of the read that is being handled. */
    protected void send(WampMessage message) {
        framing.write(serializer, message, out());
    }

    protected final Serializer serializer() {
        return serializer;
    }

    @Override
    protected final void onOpen() {
        framing.writeOpening(out());
    }

    @Override
    protected final boolean readNext(ByteBuf in) throws ProtocolViolation {
        if (!opened) {
            opened = framing.readOpening(in);
            if (opened) {
                onConnected();
            }
            return opened;
        }
        int length = framing.next(in, this);
        if (length >= 0) {
            int start = in.readerIndex();
            onMessage(framing.decode(serializer, in, start, length));
            in.readerIndex(start + length);
        }
        return length != Framing.INCOMPLETE;
    }
}
