package dev.weft.dealer;

import dev.weft.lane.LocalLane;
import dev.weft.session.Session;
import dev.weft.session.SessionCloser;
import dev.weft.transport.CloseReason;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Identity;
import dev.weft.wamp.Result;
import dev.weft.wamp.WampError;
import dev.weft.wamp.WampMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls that the router itself makes of procedures that clients have registered, wherever in the cluster they are. The
 * caller is a session that nobody sees. Each call is answered exactly once, as a client's is. Belongs to its event loop.
 */
public final class RouterCalls implements SessionCloser {
    private static final String NAME = "router";

    private final Dealer dealer;
    private final RouterConnection connection;
    private final Caller caller;
    private final Map<Long, Consumer<Answer>> waiting = new HashMap<>();
    private long requests;

    /** What came of a call. */
    public sealed interface Answer {}

    /** The callee's result. */
    public record Returned(List<Object> args, Map<String, Object> kwargs) implements Answer {}

    /** The callee's error, or the router's in its place: there is no callee, or it is gone, or took too long. */
    public record Failed(String error) implements Answer {}

    /** @param session an id that nobody can guess */
    public RouterCalls(String realm, long session, LocalLane lane, Dealer dealer) {
        this.dealer = dealer;
        this.connection = new RouterConnection(lane, this::received);
        this.caller =
                Caller.ofRouter(new Session(new Identity(session, NAME, NAME), realm, connection, Set.of(), this));
    }

    /**
     * Calls a procedure.
     *
     * @param timeoutMillis after which the call fails, at least 1
     * @param then given the answer, on the event loop; also before this method returns
     */
    public void call(String procedure, List<?> args, long timeoutMillis, Consumer<Answer> then) {
        long request = ++requests;
        waiting.put(request, then);
        CallOptions options = new CallOptions(false, false, timeoutMillis, false, null);
        dealer.call(
                caller,
                new Call(request, options, procedure, connection.serializer().payload(args, null)));
    }

    private void received(WampMessage message) {
        if (message instanceof Result result) {
            answer(
                    result.request(),
                    new Returned(
                            connection.serializer().args(result.payload()),
                            connection.serializer().kwargs(result.payload())));
        } else if (message instanceof ErrorMessage error) {
            answer(error.request(), new Failed(error.error()));
        }
    }

    private void answer(long request, Answer answer) {
        Consumer<Answer> then = waiting.remove(request);
        if (then != null) {
            then.accept(answer);
        }
    }

    /** Nobody closes it; were it, whoever waits would be told. */
    @Override
    public void close(CloseReason reason) {
        List.copyOf(waiting.keySet()).forEach(request -> answer(request, new Failed(WampError.CANCELED.uri())));
    }

    @Override
    public void goodbye(String uri, @Nullable String message, CloseReason reason) {
        close(reason);
    }

    @Override
    public void abort(WampError error, String fault, CloseReason reason) {
        close(reason);
    }
}
