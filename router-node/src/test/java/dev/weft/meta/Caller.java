package dev.weft.meta;

import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedNodes;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import java.util.List;
import java.util.Map;

/** A client that calls procedures of the router. */
final class Caller {
    private final SimulatedNodes nodes;
    private final RecordingConnection connection;
    private final Serializer serializer;
    private long lastRequest;

    Caller(SimulatedNodes nodes, int node, int loop, SerializerId serializer) {
        this(nodes, nodes.join(node, loop, serializer));
    }

    Caller(SimulatedNodes nodes, RecordingConnection connection) {
        this.nodes = nodes;
        this.connection = connection;
        this.serializer = Serializers.create(connection.serializer().id(), DecodeLimits.DEFAULT);
    }

    RecordingConnection connection() {
        return connection;
    }

    long session() {
        return SimulatedNodes.sessionOf(connection);
    }

    long nextRequest() {
        return ++lastRequest;
    }

    Serializer serializer() {
        return serializer;
    }

    /** Runs {@code message} on the client's event loop; what comes of it waits. */
    void says(WampMessage message) {
        nodes.on(connection, () -> connection.says(message));
    }

    /** Sends the call, and waits for nothing. */
    long ask(String procedure, List<?> args, Map<String, ?> kwargs) {
        long request = nextRequest();
        says(new Call(request, CallOptions.DEFAULT, procedure, serializer.payload(args, kwargs)));
        return request;
    }

    /** The arguments of the result. */
    List<Object> call(String procedure, List<?> args, Map<String, ?> kwargs) {
        long request = ask(procedure, args, kwargs);
        nodes.settle();
        return resultOf(request);
    }

    /** The arguments of the result of a call that was answered. */
    List<Object> resultOf(long request) {
        for (Result result : connection.received(Result.class)) {
            if (result.request() == request) {
                return serializer.args(result.payload());
            }
        }
        throw new AssertionError("call " + request + " was answered " + connection.received());
    }

    List<Object> call(String procedure, Object... args) {
        return call(procedure, List.of(args), Map.of());
    }

    /** The URI of the error. */
    String refused(String procedure, List<?> args, Map<String, ?> kwargs) {
        long request = ask(procedure, args, kwargs);
        nodes.settle();
        for (ErrorMessage error : connection.received(ErrorMessage.class)) {
            if (error.request() == request) {
                return error.error();
            }
        }
        throw new AssertionError(procedure + " was answered " + connection.received());
    }

    String refused(String procedure, Object... args) {
        return refused(procedure, List.of(args), Map.of());
    }
}
