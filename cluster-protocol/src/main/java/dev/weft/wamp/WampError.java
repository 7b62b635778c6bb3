package dev.weft.wamp;

/** The error and close URIs of the specification ("Predefined URIs"), with the occasion on which Weft uses each. */
public enum WampError {
    INVALID_URI(
            "wamp.error.invalid_uri",
            "a URI breaks the URI rules, or a client uses the reserved first components wamp and weft"),
    NO_SUCH_PROCEDURE("wamp.error.no_such_procedure", "no registration matches the procedure called"),
    PROCEDURE_ALREADY_EXISTS(
            "wamp.error.procedure_already_exists",
            "the procedure is registered and is not shared, or is shared by another invocation policy"),
    NO_SUCH_REGISTRATION("wamp.error.no_such_registration", "the session does not hold this registration"),
    NO_SUCH_SUBSCRIPTION("wamp.error.no_such_subscription", "the session does not hold this subscription"),
    NO_SUCH_SESSION("wamp.error.no_such_session", "the meta API was asked for a session that does not exist"),
    INVALID_ARGUMENT("wamp.error.invalid_argument", "an argument or option has a value that cannot be used"),
    CANCELED("wamp.error.canceled", "the call was canceled, or its callee left before it answered"),
    PAYLOAD_SIZE_EXCEEDED(
            "wamp.error.payload_size_exceeded",
            "the message is longer than the receiver's transport accepts, or than one may be before WELCOME"),
    PROTOCOL_VIOLATION("wamp.error.protocol_violation", "a peer broke the protocol; the session is aborted"),
    NOT_AUTHORIZED("wamp.error.not_authorized", "the session may not do this"),
    AUTHORIZATION_FAILED("wamp.error.authorization_failed", "the authorizer itself failed"),
    NO_SUCH_REALM("wamp.error.no_such_realm", "the realm does not exist"),
    NO_SUCH_ROLE("wamp.error.no_such_role", "the role does not exist in the realm"),
    NO_SUCH_PRINCIPAL(
            "wamp.error.no_such_principal",
            "the authid is unknown; never sent to clients before they prove themselves"),
    NO_MATCHING_AUTH_METHOD(
            "wamp.error.no_matching_auth_method", "the realm accepts none of the authentication methods offered"),
    AUTHENTICATION_DENIED("wamp.error.authentication_denied", "the proof of identity was wrong"),
    AUTHENTICATION_FAILED("wamp.error.authentication_failed", "the authenticator itself failed"),
    AUTHENTICATION_REQUIRED("wamp.error.authentication_required", "the realm does not accept anonymous sessions"),
    TIMEOUT("wamp.error.timeout", "the call was not answered within its timeout"),
    OPTION_NOT_ALLOWED("wamp.error.option_not_allowed", "an option is not allowed here"),
    DISCLOSE_ME_DISALLOWED("wamp.error.option_disallowed.disclose_me", "the realm does not allow disclosure"),
    NETWORK_FAILURE("wamp.error.network_failure", "the node of the callee is gone, or the link to it"),
    UNAVAILABLE(
            "wamp.error.unavailable",
            "a callee asks for the call to be routed to another one; also: the router cannot decide now"),
    NO_AVAILABLE_CALLEE("wamp.error.no_available_callee", "all callees answered that they are unavailable"),
    LIMIT_EXCEEDED(
            "weft.error.limit_exceeded",
            "the session holds as much of this as it may: see limits in the configuration"),
    FEATURE_NOT_SUPPORTED("wamp.error.feature_not_supported", "the other peer does not support the feature used"),
    CLOSE_SYSTEM_SHUTDOWN("wamp.close.system_shutdown", "the node shuts down"),
    CLOSE_REALM("wamp.close.close_realm", "the realm is closed; also the usual reason of a client that leaves"),
    CLOSE_GOODBYE_AND_OUT("wamp.close.goodbye_and_out", "the answer to a GOODBYE"),
    CLOSE_KILLED("wamp.close.killed", "the session was killed through the meta API"),
    HISTORY_UNAVAILABLE(
            "wamp.error.history_unavailable",
            "the subscription exists, but the realm keeps no history of its topic or pattern"),
    CLOSE_LOGOUT("wamp.close.logout", "the user logs out: the cookie of the browser is worth nothing any more"),
    CLOSE_TOKEN_EXPIRED(
            "weft.close.token_expired",
            "the token by which the client was let in is not good any more: join again, with a new one");

    private final String uri;
    private final String occasion;

    WampError(String uri, String occasion) {
        this.uri = uri;
        this.occasion = occasion;
    }

    public String uri() {
        return uri;
    }

    /** One sentence for the documentation: when Weft uses this URI. */
    public String occasion() {
        return occasion;
    }
}
