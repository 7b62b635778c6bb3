package dev.weft.transport.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Until when an HTTP connection has to have sent the head of its next request. A client that sends its headers an octet at a time
 * is never idle, so without this it would hold its connection for as long as it likes. Belongs to the event loop of the
 * connection.
 */
public final class RequestDeadline {
    private final Vertx vertx;
    private final HttpConnection connection;
    private final long headMillis;
    private final long pauseMillis;
    private long timer;
    private int unanswered;

    /**
     * Begins with the connection, on its event loop.
     *
     * @param head for the first request, and for the rest of one that was answered before all of it was there
     * @param pause between an answer and the next request
     */
    public RequestDeadline(Vertx vertx, HttpConnection connection, Duration head, Duration pause) {
        this.vertx = vertx;
        this.connection = connection;
        this.headMillis = head.toMillis();
        this.pauseMillis = pause.toMillis();
        this.timer = closeAfter(headMillis);
    }

    /** The head of a request is there: its answer may take as long as it does. */
    public void begun(HttpServerRequest request) {
        vertx.cancelTimer(timer);
        unanswered++;
        request.response().endHandler(end -> answered(request));
    }

    private void answered(HttpServerRequest request) {
        unanswered--;
        if (unanswered == 0) {
            vertx.cancelTimer(timer);
            timer = closeAfter(request.isEnded() ? pauseMillis : headMillis);
        }
    }

    /** The connection is closed. */
    public void end() {
        vertx.cancelTimer(timer);
    }

    private long closeAfter(long millis) {
        return vertx.setTimer(millis, late -> connection.close());
    }
}
