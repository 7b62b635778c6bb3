package dev.weft.session;

import dev.weft.lane.Congestible;
import dev.weft.lane.Lane;
import dev.weft.transport.CloseReason;
import dev.weft.transport.Connection;
import dev.weft.transport.Frame;
import dev.weft.transport.Pace;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Identity;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.WampError;
import dev.weft.wamp.WampMessage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session from WELCOME to its end, as the broker and the dealer see it. Belongs to the event loop of its connection. */
public final class Session {
    private final Identity identity;
    private final String realm;
    private final Connection connection;
    private final Set<Feature> features;
    private final SessionCloser closer;
    private final long began = System.nanoTime();
    private final RecentRequests recent = new RecentRequests();
    private boolean open = true;

    public Session(
            Identity identity, String realm, Connection connection, Set<Feature> features, SessionCloser closer) {
        this.identity = identity;
        this.realm = realm;
        this.connection = connection;
        this.features = features;
        this.closer = closer;
    }

    public long id() {
        return identity.session();
    }

    public Identity identity() {
        return identity;
    }

    public String realm() {
        return realm;
    }

    public Connection connection() {
        return connection;
    }

    public boolean supports(Feature feature) {
        return features.contains(feature);
    }

    /** Nanoseconds since it was opened. */
    public long age() {
        return System.nanoTime() - began;
    }

    /** Whether messages may be sent to it. */
    public boolean isOpen() {
        return open;
    }

    void ended() {
        open = false;
    }

    /** Sends a message that is short by its nature. */
    public void send(WampMessage message) {
        trySend(message);
    }

    /** Sends a message with a payload; false if it is longer than the client's transport accepts. */
    public boolean trySend(WampMessage message) {
        return !open || connection.send(message);
    }

    /** Sends an event. A client that cannot take it is closed: it must not miss one without knowing (promise 5). */
    public void deliver(Event event) {
        if (!trySend(event)) {
            closer.close(CloseReason.MESSAGE_TOO_LARGE);
        }
    }

    /** As {@link #deliver(Event)}, with a frame made by a connection of the same serializer and framing. */
    public void deliver(Frame event) {
        if (open && !connection.send(event)) {
            closer.close(CloseReason.MESSAGE_TOO_LARGE);
        }
    }

    /** Something of the client's was sent over {@code lane}: if that is more than it takes, the client has to wait. */
    public void fed(Lane lane) {
        if (open && lane.isCongested()) {
            connection.waitFor(lane);
        }
    }

    /**
     * Something of the client's was sent to receivers. If that holds for most of what it sent lately, and those are behind,
     * it has to wait for them, unless it is behind itself: then it may be that it reads only when it has sent all.
     *
     * @param bytes of the payload
     * @param behind the receivers, if they are congested; null if not
     */
    public void sent(int bytes, @Nullable Congestible behind) {
        if (recent.isMostlySlow(bytes, behind != null) && behind != null && open && keepsUp()) {
            connection.waitFor(() -> behind.isCongested() && keepsUp());
        }
    }

    private boolean keepsUp() {
        return connection.pace() == Pace.KEEPS_UP;
    }

    /** Answers a request with ERROR. */
    public void refuse(MessageType requestType, long request, WampError error, String message) {
        send(new ErrorMessage(requestType, request, new ErrorDetails(message, null), error.uri(), Payload.EMPTY));
    }

    /** Another session has it end, by the meta API. */
    public void kill(String reason, @Nullable String message) {
        closer.goodbye(reason, message, CloseReason.KILLED);
    }

    /** Something was taken from the client of which it cannot be told otherwise: the session is aborted. */
    public void bereft(String loss) {
        closer.abort(WampError.UNAVAILABLE, loss, CloseReason.REVOKED);
    }

    /** The client does more than it may: the session is aborted. */
    public void exceeded(String limit, CloseReason reason) {
        closer.abort(WampError.LIMIT_EXCEEDED, limit, reason);
    }

    /** The client broke the protocol: the session is aborted. */
    public void violated(String fault) {
        closer.abort(WampError.PROTOCOL_VIOLATION, fault, CloseReason.PROTOCOL_VIOLATION);
    }
}
