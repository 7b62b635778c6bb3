package dev.weft.admin;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/**
 * What a request is answered.
 *
 * @param status of HTTP
 * @param type of the content
 * @param body as it is sent
 */
record Answer(int status, String type, String body) {
    static final int OK = 200;
    static final int ACCEPTED = 202;
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int CONFLICT = 409;
    static final int TOO_LARGE = 413;
    static final int FAILED = 500;
    static final int UNAVAILABLE = 503;

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    /** What is wrong; the order of the keys is that of the components. */
    record Fault(String status, List<String> reasons) {}

    static Answer json(int status, Object body) {
        return new Answer(status, JSON, AdminJson.text(body, "items"));
    }

    static Answer ok(Object body) {
        return json(OK, body);
    }

    static Answer text(int status, String body) {
        return new Answer(status, TEXT, body);
    }

    static Answer error(int status, String message) {
        return json(status, Map.of("error", message));
    }

    static Answer unavailable(String status, List<String> reasons) {
        return json(UNAVAILABLE, new Fault(status, reasons));
    }

    Future<Answer> now() {
        return Future.succeededFuture(this);
    }
}
