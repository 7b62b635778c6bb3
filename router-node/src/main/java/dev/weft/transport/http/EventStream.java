package dev.weft.transport.http;

import dev.weft.lane.Alarm;
import dev.weft.lane.LocalLane;
import dev.weft.wamp.Event;
import dev.weft.wamp.Identity;
import dev.weft.wamp.WampMessage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response that goes on: one event after another (HTML, "Server-sent events"). The id of each is that of its publication.
 * Belongs to its event loop.
 */
final class EventStream {
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpServerResponse response;
    private final LocalLane lane;
    private final JsonBody json;
    private final long heartbeatMillis;
    private final long maxWaiting;
    private final Runnable slow;
    private @Nullable Alarm heartbeat;
    private long waiting;
    private long written;
    private long waitingSince;
    private boolean quiet;
    private boolean open;

    /**
     * @param maxWaiting bytes that may wait for a client that does not read
     * @param slow run once when more would wait
     */
    EventStream(HttpServerResponse response, HttpLoop loop, Duration heartbeat, long maxWaiting, Runnable slow) {
        this.response = response;
        this.lane = loop.lane();
        this.json = loop.json();
        this.heartbeatMillis = heartbeat.toMillis();
        this.maxWaiting = maxWaiting;
        this.slow = slow;
    }

    /** Begins the response. */
    void begin(long subscription) {
        open = true;
        response.setStatusCode(200)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true);
        write((": subscription " + subscription + "\n\n").getBytes(StandardCharsets.US_ASCII));
        beat();
    }

    private void beat() {
        heartbeat = lane.schedule(heartbeatMillis, () -> {
            if (quiet) {
                write(HEARTBEAT);
            }
            quiet = true;
            if (open) {
                beat();
            }
        });
    }

    /** The bytes of one event. */
    byte[] bytes(WampMessage message) {
        Event event = (Event) message;
        Map<String, Object> document = new LinkedHashMap<>(json.payload(event));
        String topic = event.details().topic();
        if (topic != null) {
            document.put("topic", topic);
        }
        Identity publisher = event.details().publisher();
        if (publisher != null) {
            document.put("publisher", publisher.session());
            document.put("publisher_authid", publisher.authid());
            document.put("publisher_authrole", publisher.authrole());
        }
        if (event.details().retained()) {
            document.put("retained", true);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("id: " + event.publication() + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(json.write(document));
        bytes.writeBytes(new byte[] {'\n', '\n'});
        return bytes.toByteArray();
    }

    void write(byte[] bytes) {
        if (!open) {
            return;
        }
        if (waiting + bytes.length > maxWaiting) {
            stop();
            slow.run();
            return;
        }
        quiet = false;
        if (waiting == 0) {
            waitingSince = System.nanoTime();
        }
        waiting += bytes.length;
        written += bytes.length;
        response.write(Buffer.buffer(bytes)).onComplete(sent -> waiting -= bytes.length);
    }

    /** Bytes of all events and heartbeats so far. */
    long written() {
        return written;
    }

    /** Those that wait for the client to read. */
    long waiting() {
        return waiting;
    }

    /** Nanoseconds since when some have been waiting all the time; 0 if none are. */
    long stalledFor() {
        return waiting == 0 ? 0 : System.nanoTime() - waitingSince;
    }

    /** Ends the response. */
    void end() {
        if (open) {
            stop();
            response.end();
        }
    }

    /** Nothing is written any more. */
    void stop() {
        open = false;
        if (heartbeat != null) {
            heartbeat.cancel();
            heartbeat = null;
        }
    }
}
