package dev.weft.transport.http;

import dev.weft.transport.BatchFormat;
import dev.weft.transport.CloseReason;
import dev.weft.transport.ConnectionLimits;
import dev.weft.transport.ConnectionListener;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.WampMessage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the messages out of what the client of one long-poll transport sends. Belongs to the transport's event loop. */
final class PollMessages implements BatchFormat.Taker {
    private static final Logger LOG = LoggerFactory.getLogger(PollMessages.class);

    private final LongPollConnection connection;
    private final @Nullable BatchFormat format;
    private final ConnectionLimits limits;
    private @Nullable ConnectionListener router;
    private @Nullable String fault;
    private boolean inSession;

    /** @param format null if each body is one message */
    PollMessages(LongPollConnection connection, @Nullable BatchFormat format, ConnectionLimits limits) {
        this.connection = connection;
        this.format = format;
        this.limits = limits;
    }

    void inSession(boolean open) {
        inSession = open;
    }

    /**
     * Hands on what is in a body.
     *
     * @return what is wrong with it, in which case the connection is closed; null if nothing is
     */
    @Nullable
    String take(ByteBuf body, ConnectionListener listener) {
        router = listener;
        if (format == null) {
            message(body, 0, body.readableBytes());
            return fault;
        }
        BatchFormat.Fault broken = format.split(body, 0, body.readableBytes(), limits.maxMessageSize(), this);
        if (broken != null && fault == null) {
            fault = broken.words();
            connection.abandon(broken.reason());
        }
        return fault;
    }

    @Override
    public boolean isTaking() {
        return fault == null && connection.isReceiving();
    }

    @Override
    public void message(ByteBuf bytes, int offset, int length) {
        ConnectionListener listener = router;
        if (listener == null) {
            return;
        }
        if (!inSession && length > limits.maxHelloSize()) {
            fault = limits.helloTooLarge();
            listener.helloTooLarge(fault);
            return;
        }
        try {
            if (length == 0) {
                throw new ProtocolViolation("an empty message");
            }
            WampMessage message = connection.serializer().decode(bytes, offset, length);
            connection.traffic().received(message);
            listener.message(message);
        } catch (ProtocolViolation violation) {
            fault = violation.fault();
            listener.violation(violation);
        } catch (RuntimeException bug) {
            fault = "it could not be handled";
            LOG.error("connection {} ({}): a message was not handled", connection.id(), connection.peer(), bug);
            connection.close(CloseReason.INTERNAL_ERROR);
        }
    }
}
