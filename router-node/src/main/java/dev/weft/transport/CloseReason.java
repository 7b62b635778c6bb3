package dev.weft.transport;

/**
 * Why a session or a connection ended. The one list of reasons: used in the GOODBYE or ABORT, the WebSocket close frame,
 * the log and the counters.
 */
public enum CloseReason {
    /** The client said GOODBYE. */
    CLIENT_GOODBYE(1000),
    /** The client said ABORT. */
    CLIENT_ABORT(1000),
    /** The client closed the transport properly, without GOODBYE. */
    TRANSPORT_CLOSED(1000),
    /** The transport broke. */
    TRANSPORT_LOST(1006),
    /** The bytes were no WebSocket, RawSocket or HTTP as they should be. */
    TRANSPORT_VIOLATION(1002),
    /** A proxy did not say whose connection it passes on, as it has to here, or said what is no address. */
    PROXY_HEADER_INVALID(1002),
    /** Only proxies that are believed may connect here. */
    PROXY_NOT_TRUSTED(1008),
    /** Text was not UTF-8. */
    INVALID_UTF8(1007),
    HANDSHAKE_TIMEOUT(1008),
    GOODBYE_TIMEOUT(1008),
    IDLE_TIMEOUT(1001),
    /** The client of a long-poll transport did not ask for its messages any more. */
    POLL_TIMEOUT(1001),
    KEEPALIVE_TIMEOUT(1001),
    PROTOCOL_VIOLATION(1002),
    MESSAGE_TOO_LARGE(1009),
    NO_SUCH_REALM(1008),
    AUTHENTICATION_REFUSED(1008),
    /** A challenge was not answered in time. */
    AUTHENTICATION_TIMEOUT(1008),
    /** Too many attempts of the address, or for the name, have failed. */
    AUTHENTICATION_ATTEMPTS(1008),
    /** More clients want to authenticate than the router takes on. */
    AUTHENTICATION_OVERLOAD(1013),
    /** It could not be found out who the client is. */
    AUTHENTICATION_FAILED(1011),
    /** More than may wait for one client waited for this one. */
    SLOW_CONSUMER(1013),
    /** More than may wait for all clients waited for them, and most of it for this one. */
    OUTBOUND_MEMORY(1013),
    CONNECTION_LIMIT(1013),
    /** The address opens more connections a second than it may. */
    CONNECTION_RATE(1013),
    /** A realm, role, principal or address has as many sessions as it may. */
    SESSION_LIMIT(1013),
    /** There are as many realms on demand as there may be. */
    REALM_LIMIT(1013),
    /** The cluster did not decide in time whether there may be one more realm on demand. */
    REALM_UNDECIDED(1013),
    /** The client sent more messages a second than it may. */
    RATE_LIMIT(1008),
    KILLED(1008),
    /** The token by which the client was let in is not good any more. */
    TOKEN_EXPIRED(1008),
    /** A subscription was revoked, and the client understands no message that says so. */
    REVOKED(1012),
    NODE_SHUTDOWN(1012),
    INTERNAL_ERROR(1011);

    private final int webSocketCode;

    CloseReason(int webSocketCode) {
        this.webSocketCode = webSocketCode;
    }

    /** The close code in the WebSocket close frame (RFC 6455, section 7.4); 1006 is never sent. */
    public int webSocketCode() {
        return webSocketCode;
    }

    /** The reason as logs, metrics and the admin page spell it. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
