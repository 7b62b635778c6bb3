package dev.weft.transport.http;

import dev.weft.lane.LocalLane;
import dev.weft.transport.AcceptingLoop;
import dev.weft.transport.Connection;
import dev.weft.transport.ConnectionAcceptor;
import dev.weft.transport.Frame;
import dev.weft.transport.LoopTrace;
import dev.weft.transport.LoopTraffic;
import dev.weft.transport.TransportCounters;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the HTTP clients of one event loop share. Belongs to it. */
final class HttpLoop {
    private final AcceptingLoop accepting;
    private final Serializer serializer;
    private final JsonBody json;
    private final TransportCounters counters;
    private final LoopTraffic traffic;
    private final LongPolls polls;
    private final Map<SerializerId, Serializer> serializers = new EnumMap<>(SerializerId.class);
    private final ByteBuf scratch = Unpooled.buffer();
    private @Nullable LoopTrace trace;

    /** The last frame for streams, while messages are recorded. */
    private final Map<Frame, WampMessage> framed = new IdentityHashMap<>(1);

    /**
     * @param traffic of the connections of the event loop, of whatever kind
     * @param node where it is
     * @param lanes to all event loops of the node, by their index
     */
    HttpLoop(
            AcceptingLoop accepting,
            TransportCounters counters,
            LoopTraffic traffic,
            PollNode node,
            List<LocalLane> lanes) {
        this.accepting = accepting;
        this.serializer = accepting.serializers().apply(SerializerId.JSON);
        this.json = new JsonBody(serializer);
        this.counters = counters;
        this.traffic = traffic;
        this.polls = new LongPolls(this, node, lanes);
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

    /** The event loop's instance of a serializer. */
    Serializer serializer(SerializerId id) {
        return serializers.computeIfAbsent(id, accepting.serializers());
    }

    /** An empty buffer for what is written and copied within one call. */
    ByteBuf scratch() {
        return scratch.clear();
    }

    LoopTraffic traffic() {
        return traffic;
    }

    LongPolls polls() {
        return polls;
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
