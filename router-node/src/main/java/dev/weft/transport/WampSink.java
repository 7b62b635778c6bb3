package dev.weft.transport;

import dev.weft.wamp.MessageType;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes the messages of one connection and hands them to its listener. */
final class WampSink implements MessageSink {
    private static final Logger LOG = LoggerFactory.getLogger(WampSink.class);

    private final SocketConnection connection;
    private final Serializer serializer;
    private final ConnectionListener listener;
    private final LoopTraffic traffic;
    private boolean violated;

    WampSink(SocketConnection connection, ConnectionAcceptor acceptor) {
        this.connection = connection;
        this.serializer = connection.serializer();
        this.traffic = connection.traffic();
        this.listener = acceptor.accept(connection);
    }

    @Override
    public void message(ByteBuf bytes, int offset, int length, boolean text) {
        if (violated) {
            return;
        }
        MessageType type = null;
        try {
            WampMessage message = decode(bytes, offset, length, text);
            type = message.type();
            traffic.received().increment(type);
            LoopTrace trace = traffic.trace();
            if (trace != null) {
                trace.received(connection, message);
            }
            listener.message(message);
        } catch (ProtocolViolation violation) {
            violated = true;
            tell(violation);
        } catch (RuntimeException bug) {
            failed(type, bug);
        }
    }

    @Override
    public void helloTooLarge(String fault) {
        violated = true;
        try {
            listener.helloTooLarge(fault);
        } catch (RuntimeException bug) {
            failed(null, bug);
        }
    }

    @Override
    public void paceChanged(Pace before, Pace now) {
        listener.paceChanged(before, now);
    }

    @Override
    public void closed(CloseReason reason) {
        try {
            listener.closed(reason);
        } catch (RuntimeException bug) {
            LOG.error("connection {}: its end ({}) was not handled", connection.id(), reason.label(), bug);
        }
    }

    private WampMessage decode(ByteBuf bytes, int offset, int length, boolean text) throws ProtocolViolation {
        if (length == 0) {
            throw new ProtocolViolation("an empty message");
        }
        if (text != serializer.id().isText()) {
            throw new ProtocolViolation((text ? "a text" : "a binary") + " message, but "
                    + serializer.id().subprotocol() + " was negotiated");
        }
        return serializer.decode(bytes, offset, length);
    }

    private void tell(ProtocolViolation violation) {
        try {
            listener.violation(violation);
        } catch (RuntimeException bug) {
            failed(null, bug);
        }
    }

    private void failed(@Nullable MessageType type, RuntimeException bug) {
        violated = true;
        LOG.error("connection {} ({}): {} was not handled", connection.id(), connection.peer(), type, bug);
        connection.close(CloseReason.INTERNAL_ERROR);
    }
}
