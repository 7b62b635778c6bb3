package dev.weft.load.chaos.client;

import dev.weft.load.chaos.history.Entry;
import dev.weft.load.chaos.history.History;
import dev.weft.load.client.WampHandler;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Hello;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import dev.weft.wamp.codec.Serializer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One session of a client: what it sends is entered into the history first, what it receives as soon as it is read. */
final class Session extends WampHandler {
    private static final Map<String, Object> DETAILS = Map.of(
            "roles",
            Map.of(
                    "publisher",
                    Map.of(),
                    "subscriber",
                    features("pattern_based_subscription", "subscription_revocation"),
                    "caller",
                    features("progressive_call_results", "call_canceling", "call_timeout"),
                    "callee",
                    features(
                            "progressive_call_results",
                            "call_canceling",
                            "shared_registration",
                            "registration_revocation")));

    private final int number;
    private final int node;
    private final History history;
    private final SessionListener listener;
    private final SessionInbox inbox;

    private long requests;
    private long publications;
    private long calls;
    private boolean open;
    private boolean closed;

    /** @param number of this session, as the history knows it */
    Session(int number, int node, Serializer serializer, History history, SessionListener listener) {
        super(serializer);
        this.number = number;
        this.node = node;
        this.history = history;
        this.listener = listener;
        this.inbox = new SessionInbox(this, history, listener);
    }

    int number() {
        return number;
    }

    int node() {
        return node;
    }

    boolean isOpen() {
        return open && !closed;
    }

    long subscribe(MatchPolicy match, String topic) {
        history.add(new Entry.SubscribeSent(now(), number, ++requests, match, topic));
        return request(new Subscribe(requests, new SubscribeOptions(match, false), topic));
    }

    /** From then on the history has what the router tells of events that may be missing. */
    void subscribeToGaps() {
        inbox.expectGaps(++requests);
        request(new Subscribe(requests, SubscribeOptions.DEFAULT, SessionInbox.GAP_TOPIC));
    }

    long unsubscribe(long subscription) {
        history.add(new Entry.UnsubscribeSent(now(), number, ++requests, subscription));
        return request(new Unsubscribe(requests, subscription));
    }

    /** Returns the number of the publication. */
    long publish(String topic, boolean acknowledge) {
        long publication = publications++;
        history.add(new Entry.PublishSent(now(), number, ++requests, publication, topic, acknowledge));
        PublishOptions options = new PublishOptions(acknowledge, true, false, false, null, null);
        request(new Publish(requests, options, topic, payload(List.of((long) number, publication))));
        return publication;
    }

    long register(String procedure, InvocationPolicy policy) {
        boolean single = policy == InvocationPolicy.SINGLE;
        history.add(new Entry.RegisterSent(now(), number, ++requests, procedure, single));
        RegisterOptions options = new RegisterOptions(MatchPolicy.EXACT, policy, false, false);
        return request(new Register(requests, options, procedure));
    }

    long unregister(long registration) {
        history.add(new Entry.UnregisterSent(now(), number, ++requests, registration));
        return request(new Unregister(requests, registration));
    }

    /** @param timeout after which the router shall end the call, in milliseconds; 0 for never */
    long call(String procedure, Task task, int timeout) {
        long limit = timeout == 0 ? Entry.CallSent.FOREVER : TimeUnit.MILLISECONDS.toNanos(timeout);
        long call = calls++;
        history.add(new Entry.CallSent(now(), number, ++requests, call, procedure, task.ownTime(), limit));
        CallOptions options = new CallOptions(task.steps() > 0, false, timeout, false, null);
        return request(new Call(requests, options, procedure, payload(task.arguments(number, call))));
    }

    void cancel(long request, CancelMode mode) {
        history.add(new Entry.CancelSent(now(), number, request, mode));
        request(new Cancel(request, mode));
    }

    void yield(long invocation, boolean progress, long value) {
        history.add(new Entry.YieldSent(now(), number, invocation, progress));
        request(new Yield(invocation, new YieldOptions(progress, null), payload(List.of(value))));
    }

    void fail(long invocation, String error) {
        history.add(new Entry.InvocationFailed(now(), number, invocation, error));
        request(new ErrorMessage(MessageType.INVOCATION, invocation, ErrorDetails.DEFAULT, error, Payload.EMPTY));
    }

    /** Without a goodbye, as clients do that crash. */
    void close() {
        ended();
        if (isConnected()) {
            context().close();
        }
    }

    @Override
    protected void onConnected() {
        send(new Hello("realm1", DETAILS));
    }

    @Override
    protected void onMessage(WampMessage message) {
        if (!closed) {
            inbox.receive(message);
        }
    }

    @Override
    protected void onFailure(Throwable cause) {
        ended();
    }

    /** Welcomed. */
    void opened(long id) {
        open = true;
        history.add(new Entry.Opened(now(), number, node, id));
        listener.opened(this);
    }

    /** The router, or this side, has ended it. */
    void ended() {
        if (closed) {
            return;
        }
        closed = true;
        if (open) {
            history.add(new Entry.Closed(now(), number));
        }
        listener.closed(this);
    }

    List<Object> args(Payload payload) {
        return serializer().args(payload);
    }

    Map<String, Object> kwargs(Payload payload) {
        return serializer().kwargs(payload);
    }

    static long now() {
        return System.nanoTime();
    }

    private Payload payload(List<Object> args) {
        return serializer().payload(args, null);
    }

    private long request(WampMessage message) {
        if (closed) {
            throw new IllegalStateException("session " + number + " is closed");
        }
        send(message);
        flush();
        return requests;
    }

    private static Map<String, Object> features(String... names) {
        Map<String, Object> flags = new HashMap<>();
        for (String name : names) {
            flags.put(name, true);
        }
        return Map.of("features", flags);
    }
}
