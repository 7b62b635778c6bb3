package dev.weft.transport.http;

import dev.weft.wamp.WampError;
import java.util.List;
import java.util.Map;

/**
 * Why a request did not succeed.
 *
 * @param status of HTTP
 * @param error URI
 * @param args of the ERROR, or what is wrong in words
 */
record Failure(int status, String error, List<?> args, Map<String, ?> kwargs) {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;
    private static final int TIMEOUT = 504;

    private static final Map<String, Integer> STATUSES = Map.ofEntries(
            Map.entry(WampError.NO_SUCH_PROCEDURE.uri(), NOT_FOUND),
            Map.entry(WampError.NO_SUCH_REALM.uri(), NOT_FOUND),
            Map.entry(WampError.NO_SUCH_ROLE.uri(), FORBIDDEN),
            Map.entry(WampError.INVALID_ARGUMENT.uri(), BAD_REQUEST),
            Map.entry(WampError.INVALID_URI.uri(), BAD_REQUEST),
            Map.entry(WampError.PROTOCOL_VIOLATION.uri(), BAD_REQUEST),
            Map.entry(WampError.OPTION_NOT_ALLOWED.uri(), BAD_REQUEST),
            Map.entry(WampError.DISCLOSE_ME_DISALLOWED.uri(), BAD_REQUEST),
            Map.entry(WampError.NOT_AUTHORIZED.uri(), FORBIDDEN),
            Map.entry(WampError.AUTHORIZATION_FAILED.uri(), UNAVAILABLE),
            Map.entry(WampError.AUTHENTICATION_DENIED.uri(), UNAUTHORIZED),
            Map.entry(WampError.AUTHENTICATION_REQUIRED.uri(), UNAUTHORIZED),
            Map.entry(WampError.AUTHENTICATION_FAILED.uri(), UNAVAILABLE),
            Map.entry(WampError.NO_MATCHING_AUTH_METHOD.uri(), UNAUTHORIZED),
            Map.entry(WampError.CANCELED.uri(), CONFLICT),
            Map.entry(WampError.LIMIT_EXCEEDED.uri(), TOO_MANY),
            Map.entry(WampError.UNAVAILABLE.uri(), UNAVAILABLE),
            Map.entry(WampError.NO_AVAILABLE_CALLEE.uri(), UNAVAILABLE),
            Map.entry(WampError.NETWORK_FAILURE.uri(), UNAVAILABLE),
            Map.entry(WampError.CLOSE_SYSTEM_SHUTDOWN.uri(), UNAVAILABLE),
            Map.entry(WampError.TIMEOUT.uri(), TIMEOUT));

    /** An error of WAMP; those that the router does not know are the callee's own. */
    static Failure of(String error, List<?> args, Map<String, ?> kwargs) {
        return new Failure(STATUSES.getOrDefault(error, FAILED), error, args, kwargs);
    }

    static Failure of(WampError error, String words) {
        return of(error.uri(), List.of(words), Map.of());
    }

    static Failure badRequest(String words) {
        return of(WampError.INVALID_ARGUMENT, words);
    }

    /** A refusal of HTTP itself. */
    static Failure http(int status, String words) {
        return new Failure(status, WampError.INVALID_ARGUMENT.uri(), List.of(words), Map.of());
    }

    boolean isUnauthorized() {
        return status == UNAUTHORIZED;
    }

    Map<String, ?> body() {
        return Map.of("error", error, "args", args, "kwargs", kwargs);
    }
}
