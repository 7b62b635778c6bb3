package dev.weft.load;

import dev.weft.wamp.Abort;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Hello;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One session over one RawSocket connection. */
final class WampClient extends RawSocketHandler {
    private static final Map<String, Object> DETAILS = Map.of(
            "roles", Map.of("caller", Map.of(), "callee", Map.of(), "publisher", Map.of(), "subscriber", Map.of()));

    private final String realm;
    private final Consumer<Throwable> failed;
    private final CompletableFuture<WampClient> welcomed = new CompletableFuture<>();
    private final CompletableFuture<Long> granted = new CompletableFuture<>();

    private Consumer<WampMessage> receiver = message -> {};
    private long requests;

    /** @param failed told once the session is of no use any more */
    WampClient(String realm, Serializer serializer, Consumer<Throwable> failed) {
        super(serializer);
        this.realm = realm;
        this.failed = failed;
    }

    CompletableFuture<WampClient> welcomed() {
        return welcomed;
    }

    void onReceived(Consumer<WampMessage> whoReceives) {
        receiver = whoReceives;
    }

    /** The next request id of this session. */
    long nextRequest() {
        return ++requests;
    }

    /** A session makes one registration or subscription. */
    CompletableFuture<Long> register(String procedure) {
        return request(() -> new Register(nextRequest(), RegisterOptions.DEFAULT, procedure));
    }

    /** A session makes one registration or subscription. */
    CompletableFuture<Long> subscribe(String topic) {
        return request(() -> new Subscribe(nextRequest(), SubscribeOptions.DEFAULT, topic));
    }

    /** On the session's event loop, where everything is sent: the caller may be on another thread. */
    private CompletableFuture<Long> request(Supplier<WampMessage> message) {
        context().executor().execute(() -> {
            send(message.get());
            flush();
        });
        return granted;
    }

    @Override
    protected void onConnected() {
        send(new Hello(realm, DETAILS));
    }

    @Override
    protected void onMessage(WampMessage message) {
        switch (message.type()) {
            case WELCOME -> welcomed.complete(this);
            case REGISTERED -> granted.complete(((Registered) message).registration());
            case SUBSCRIBED -> granted.complete(((Subscribed) message).subscription());
            case ABORT -> onFailure(new IllegalStateException("ABORT: " + ((Abort) message).reason()));
            case GOODBYE -> onFailure(new IllegalStateException("GOODBYE: " + ((Goodbye) message).reason()));
            case ERROR -> receiveError((ErrorMessage) message);
            default -> receiver.accept(message);
        }
    }

    /** A call may fail and the session goes on; a session without its registration or subscription is of no use. */
    private void receiveError(ErrorMessage error) {
        if (error.requestType() == MessageType.CALL) {
            receiver.accept(error);
            return;
        }
        onFailure(new IllegalStateException("ERROR for " + error.requestType() + ": " + error.error()));
    }

    @Override
    protected void onFailure(Throwable cause) {
        welcomed.completeExceptionally(cause);
        granted.completeExceptionally(cause);
        failed.accept(cause);
    }
}
