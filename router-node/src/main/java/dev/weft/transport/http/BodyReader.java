package dev.weft.transport.http;

import dev.weft.lane.Alarm;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads the body of one request, up to a limit of bytes and of time. Belongs to the event loop of the request. */
final class BodyReader {
    private static final int TOO_LARGE = 413;
    private static final int TOO_LATE = 408;

    private final HttpServerRequest request;
    private final int longest;
    private final Consumer<Failure> failed;
    private final Buffer body = Buffer.buffer();
    private final Alarm alarm;
    private boolean done;

    /** @param failed run once if the body does not come whole; the connection cannot go on then */
    BodyReader(HttpServerRequest request, HttpLoop loop, int longest, long millis, Consumer<Failure> failed) {
        this.request = request;
        this.longest = longest;
        this.failed = failed;
        this.alarm = loop.lane().schedule(millis, () -> fail(Failure.http(TOO_LATE, "the body did not come in time")));
    }

    void read(Consumer<byte[]> whole) {
        request.handler(this::part);
        request.endHandler(end -> {
            if (!done) {
                done = true;
                alarm.cancel();
                whole.accept(body.getBytes());
            }
        });
        request.exceptionHandler(broken -> {
            done = true;
            alarm.cancel();
        });
    }

    private void part(Buffer part) {
        if (done) {
            return;
        }
        if (body.length() + part.length() > longest) {
            fail(Failure.http(TOO_LARGE, "the body has more than " + longest + " bytes"));
            return;
        }
        body.appendBuffer(part);
    }

    private void fail(Failure failure) {
        if (!done) {
            done = true;
            alarm.cancel();
            failed.accept(failure);
        }
    }
}
