package dev.weft.transport;

/** Takes each connection once its serializer is negotiated and before its first message. */
@FunctionalInterface
public interface ConnectionAcceptor {
    /** Called on the event loop of the connection. */
    ConnectionListener accept(Connection connection);
}
