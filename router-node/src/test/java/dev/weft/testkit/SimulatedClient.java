package dev.weft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.util.List;
import java.util.Map;

/** A client of a {@link SimulatedCluster} that counts its requests; whatever it says, the cluster comes to rest after it. */
public final class SimulatedClient {
    private final SimulatedCluster cluster;
    private final RecordingConnection connection;
    private long lastRequest;

    public SimulatedClient(
            SimulatedCluster cluster, int node, int loop, SerializerId serializer, Map<String, Object> features) {
        this.cluster = cluster;
        this.connection = cluster.join(node, loop, serializer, features);
    }

    public RecordingConnection connection() {
        return connection;
    }

    public long next() {
        return ++lastRequest;
    }

    public void says(WampMessage message) {
        mutters(message);
        cluster.settle();
    }

    /** As {@link #says}, but the cluster does not come to rest. */
    public void mutters(WampMessage message) {
        cluster.on(connection, () -> connection.says(message));
    }

    public void leaves() {
        cluster.on(connection, connection::lost);
        cluster.settle();
    }

    public long registers(String procedure, RegisterOptions options) {
        says(new Register(next(), options, procedure));
        return take(Registered.class).registration();
    }

    public long calls(String procedure, CallOptions options, Object... args) {
        long request = next();
        says(new Call(request, options, procedure, payload(args)));
        return request;
    }

    public void yields(Invocation invocation, Object... args) {
        says(new Yield(invocation.request(), YieldOptions.DEFAULT, payload(args)));
    }

    public Payload payload(Object... args) {
        return args.length == 0 ? Payload.EMPTY : connection.serializer().payload(List.of(args), null);
    }

    public List<Object> args(WampMessage message) {
        return connection.serializer().args(message.payload());
    }

    /** The oldest message that was not taken yet. */
    public <T extends WampMessage> T take(Class<T> type) {
        assertThat(connection.received()).isNotEmpty().first().isInstanceOf(type);
        return type.cast(connection.received().remove(0));
    }

    public String takeError() {
        return take(ErrorMessage.class).error();
    }

    public void gotNothing() {
        assertThat(connection.received()).isEmpty();
    }
}
