package dev.weft.transport.http;

import dev.weft.lane.LocalLane;
import dev.weft.transport.AcceptingLoop;
import dev.weft.transport.Connection;
import dev.weft.transport.ConnectionAcceptor;
import dev.weft.transport.Frame;
import dev.weft.transport.LoopTrace;
import dev.weft.transport.TransportCounters;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the HTTP clients of one event loop share. Belongs to it. */
final class HttpLoop {
    private final AcceptingLoop accepting;
    private final Serializer serializer;
    private final JsonBody json;
    private final TransportCounters counters;
    private @Nullable LoopTrace trace;

    /** The last frame for streams, while messages are recorded. */
    private final Map<Frame, WampMessage> framed = new IdentityHashMap<>(1);

    HttpLoop(AcceptingLoop accepting, TransportCounters counters) {
        this.accepting = accepting;
        this.serializer = accepting.serializers().apply(SerializerId.JSON);
        this.json = new JsonBody(serializer);
        this.counters = counters;
    }

    LocalLane lane() {
        return accepting.lane();
    }

    ConnectionAcceptor acceptor() {
        return accepting.acceptor();
    }

    Serializer serializer() {
        return serializer;
    }

    JsonBody json() {
        return json;
    }

    TransportCounters counters() {
        return counters;
    }

    /** What records messages, or null. */
    @Nullable
    LoopTrace trace() {
        return trace;
    }

    void trace(@Nullable LoopTrace recorder) {
        trace = recorder;
        framed.clear();
    }

    /** A frame for streams was made, which are then sent it: it cannot be read again for the trace. */
    void framed(Frame frame, WampMessage message) {
        if (trace != null) {
            framed.clear();
            framed.put(frame, message);
        }
    }

    /** A stream was sent a frame. */
    void sent(Connection connection, Frame frame) {
        WampMessage message = trace == null ? null : framed.get(frame);
        if (trace != null && message != null) {
            trace.sent(connection, message);
        }
    }

    /** Runs {@code action} in a context of the event loop, so that what it opens belongs there. */
    <T> Future<T> run(VertxInternal vertx, Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        ContextInternal context =
                vertx.contextBuilder().withEventLoop(accepting.loop()).build();
        context.runOnContext(unused -> action.get().onComplete(done));
        return done.future();
    }

    /** Runs {@code task} on the event loop, once what runs now is through. */
    void later(Runnable task) {
        accepting.loop().execute(task);
    }
}
