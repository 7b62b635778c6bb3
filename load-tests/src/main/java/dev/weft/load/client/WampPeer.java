package dev.weft.load.client;

import dev.weft.wamp.Abort;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A session with a WAMP router. */
final class WampPeer extends WampHandler implements Peer {
    private static final Map<String, Object> DETAILS = Map.of(
            "roles",
            Map.of(
                    "caller", Map.of(),
                    "callee", Map.of(),
                    "publisher", Map.of(),
                    "subscriber", Map.of("features", Map.of("pattern_based_subscription", true))));

    private final String realm;
    private final WampArguments arguments;
    private final SessionLife life;
    private final Map<Long, CompletableFuture<Void>> requested = new HashMap<>();
    private final Stamp stamp = new Stamp();
    private PeerListener listener = PeerListener.NONE;
    private long requests;

    WampPeer(String realm, WampLanguage language, Framing framing, SessionLife life) {
        super(language.serializer(), framing);
        this.realm = realm;
        this.arguments = language.arguments();
        this.life = life;
    }

    @Override
    public void listen(PeerListener whoListens) {
        listener = whoListens;
    }

    @Override
    public CompletableFuture<Void> register(String procedure) {
        return request(new Register(++requests, RegisterOptions.DEFAULT, procedure));
    }

    @Override
    public CompletableFuture<Void> subscribe(String topic, MatchPolicy match) {
        return request(new Subscribe(++requests, new SubscribeOptions(match, false), topic));
    }

    private CompletableFuture<Void> request(WampMessage message) {
        CompletableFuture<Void> granted = new CompletableFuture<>();
        requested.put(requests, granted);
        send(message);
        flushSoon();
        return granted;
    }

    @Override
    public void call(String procedure, int size, Stamp with) {
        send(new Call(++requests, CallOptions.DEFAULT, procedure, arguments.of(size, with)));
    }

    @Override
    public void publish(String topic, int size, Stamp with) {
        send(new Publish(++requests, PublishOptions.DEFAULT, topic, arguments.of(size, with)));
    }

    @Override
    public void abandon() {
        life.abandon(context().channel());
    }

    @Override
    protected void onConnected() {
        send(new Hello(realm, DETAILS));
    }

    @Override
    protected void onMessage(WampMessage message) {
        switch (message.type()) {
            case EVENT -> receive((Event) message);
            case INVOCATION -> answer((Invocation) message);
            case RESULT -> {
                if (read(((Result) message).payload())) {
                    listener.answered(stamp);
                }
            }
            case ERROR -> receive((ErrorMessage) message);
            case WELCOME -> life.begun(this);
            case REGISTERED -> granted(((Registered) message).request());
            case SUBSCRIBED -> granted(((Subscribed) message).request());
            case ABORT -> onFailure(new IllegalStateException("ABORT: " + ((Abort) message).reason()));
            case GOODBYE -> onFailure(new IllegalStateException("GOODBYE: " + ((Goodbye) message).reason()));
            default -> onFailure(new IllegalStateException("an unexpected " + message.type()));
        }
    }

    private void receive(Event event) {
        if (read(event.payload())) {
            listener.received(event.subscription(), stamp);
        }
    }

    private void answer(Invocation invocation) {
        send(new Yield(invocation.request(), YieldOptions.DEFAULT, invocation.payload()));
        if (read(invocation.payload())) {
            listener.invoked(stamp);
        }
    }

    private boolean read(Payload payload) {
        if (arguments.read(payload, stamp)) {
            return true;
        }
        onFailure(new IllegalStateException("a message whose argument nobody here has sent"));
        return false;
    }

    private void granted(long request) {
        CompletableFuture<Void> granted = requested.remove(request);
        if (granted != null) {
            granted.complete(null);
        }
    }

    /** A call may fail and the session goes on; a session without its registration or subscription is of no use. */
    private void receive(ErrorMessage error) {
        if (error.requestType() == MessageType.CALL) {
            listener.refused();
            return;
        }
        onFailure(new IllegalStateException("ERROR for " + error.requestType() + ": " + error.error()));
    }

    @Override
    protected void onFailure(Throwable cause) {
        requested.values().forEach(each -> each.completeExceptionally(cause));
        requested.clear();
        life.failed(cause);
    }
}
