package dev.weft.transport;

import dev.weft.lane.Congestible;
import dev.weft.lane.LocalLane;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A client's connection as the rest of the router sees it. Belongs to one event loop: all methods are called there.
 * What is sent is gathered and flushed once at the end of the loop's present iteration.
 */
public interface Connection {
    /** Counted from 1 per node, for logs. */
    long id();

    /** Address of the peer, for logs: {@code 127.0.0.1:51234} or {@code unix}. */
    String peer();

    /** What the transport is called: {@code websocket}, {@code rawsocket}; with {@code +tls}. */
    String transport();

    /** What is known of the peer before its first message. */
    PeerCredentials credentials();

    /** What the client has shown in the TLS handshake: see {@link PeerCredentials}. */
    default List<X509Certificate> peerCertificates() {
        return credentials().certificates();
    }

    /** The event loop's instance of the serializer negotiated. */
    Serializer serializer();

    Framing framing();

    LocalLane lane();

    /** What is to be seen of it now. */
    ConnectionStatus status();

    /** Whether a session is open. Until one is, and again when it has ended, only short messages are taken. */
    default void inSession(boolean open) {}

    /** Who had it last, and what that session had when it ended: kept for who asks why the connection was closed. */
    default void heldBy(ClosedConnection.Holder holder) {}

    /**
     * Sends a message; of another serializer's payload it is transcoded.
     *
     * @return false if the message is longer than the peer accepts (RawSocket): nothing was sent
     */
    boolean send(WampMessage message);

    /** Encodes and frames a message for {@link #send(Frame)} on connections of this serializer and framing. */
    Frame frame(WampMessage message);

    /**
     * Sends a frame made by {@link #frame} of a connection of the same serializer and framing on the same event loop.
     *
     * @return false if the message is longer than the peer accepts (RawSocket): nothing was sent
     */
    boolean send(Frame frame);

    /** How the peer takes what it is sent. Who wants to know of changes: {@link ConnectionListener#paceChanged}. */
    default Pace pace() {
        return Pace.KEEPS_UP;
    }

    /**
     * What the peer sends goes to {@code congested}: nothing more is read until that is not congested any more. What was
     * read already is still handed on.
     */
    void waitFor(Congestible congested);

    /**
     * Closes the connection after all that was sent before. What is received from now on is ignored. The listener is
     * told {@link ConnectionListener#closed} with this reason.
     */
    void close(CloseReason reason);
}
