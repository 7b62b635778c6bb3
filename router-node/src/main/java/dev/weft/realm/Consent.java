package dev.weft.realm;

import dev.weft.authorization.Action;
import dev.weft.authorization.AuthorizationCounters;
import dev.weft.authorization.DynamicAuthorizer;
import dev.weft.dealer.RouterCalls;
import dev.weft.lane.Lane;
import dev.weft.link.RoutedMessage;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.Session;
import dev.weft.session.Standing;
import dev.weft.wamp.Call;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Publish;
import dev.weft.wamp.WampError;
import dev.weft.wamp.WampMessage;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks an authorizer about the requests of one session. While it is asked about one, those that follow wait in their
 * order, and the client is not read from; answers to invocations do not wait. Whatever goes wrong denies the request.
 * Belongs to the session's event loop.
 */
final class Consent {
    private static final int PLACE_BITS = 8;
    private static final int MULTIPLIER = 0x9E3779B9;

    /** Answers a request that is denied. */
    interface Refuser {
        void refuse(WampMessage message, WampError error, String words);
    }

    /** An answer, until a time of {@link System#nanoTime()}. */
    private record Remembered(Action action, String uri, Ruling ruling, long until) {}

    private final Session session;
    private DynamicAuthorizer authorizer;
    /** How often {@link #authorizer} has changed: what a former one answers does not count. */
    private int changes;

    private final RouterCalls calls;
    private final DisclosurePolicy disclosure;
    private final AuthorizationCounters counters;
    private final Consumer<WampMessage> dispatcher;
    private final Refuser refuser;

    private final @Nullable Remembered[] remembered = new @Nullable Remembered[1 << PLACE_BITS];
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private @Nullable WampMessage asked;
    private @Nullable WampMessage granted;
    private boolean draining;

    private final Lane waitingRoom = new Lane() {
        @Override
        public void send(RoutedMessage message, Lane from) {
            throw new UnsupportedOperationException("nothing is routed to requests that wait");
        }

        @Override
        public boolean isCongested() {
            return isWaiting();
        }

        @Override
        public String name() {
            return "requests that wait for an authorizer";
        }
    };

    /** @param disclosure what the authorizer can say is told of the session, and what not */
    Consent(
            Session session,
            DynamicAuthorizer authorizer,
            RouterCalls calls,
            DisclosurePolicy disclosure,
            AuthorizationCounters counters,
            Consumer<WampMessage> dispatcher,
            Refuser refuser) {
        this.session = session;
        this.authorizer = authorizer;
        this.calls = calls;
        this.disclosure = disclosure;
        this.counters = counters;
        this.dispatcher = dispatcher;
        this.refuser = refuser;
    }

    /** Has another authorizer asked from now on, or the same anew: nothing that was answered before is remembered. */
    void ask(DynamicAuthorizer next) {
        authorizer = next;
        changes++;
        Arrays.fill(remembered, null);
    }

    /** Whether the message waits for those before it; then it is dispatched later. */
    boolean holds(WampMessage message) {
        boolean answer = message.type() == MessageType.YIELD || message.type() == MessageType.ERROR;
        if (answer || !isWaiting()) {
            return false;
        }
        WampMessage kept = RequestMessages.kept(message);
        waiting.add(() -> dispatcher.accept(kept));
        return true;
    }

    /** Runs {@code action} when no request waits any more; at once if none does. */
    void afterRequests(Runnable action) {
        if (isWaiting()) {
            waiting.add(action);
        } else {
            action.run();
        }
    }

    /**
     * Whether a request that the permissions allow may be done now.
     *
     * @return the message to be handled; null if it was denied, or will be dispatched once more when it is allowed
     */
    @SuppressWarnings("unchecked") // disclosing a message does not change what it is
    <M extends WampMessage> @Nullable M consented(Action action, String uri, M message) {
        if (message == granted) {
            return message;
        }
        Ruling known = find(action, uri);
        if (known == null) {
            ask(action, uri, RequestMessages.kept(message));
            return null;
        }
        if (!known.allow()) {
            deny(action, uri, message);
            return null;
        }
        return (M) allowed(message, known);
    }

    /** Whether it is known that the session may publish to {@code topic}: nobody is asked. */
    boolean isKnownToPublish(String topic) {
        Ruling known = find(Action.PUBLISH, topic);
        return known != null && known.allow();
    }

    private WampMessage allowed(WampMessage message, Ruling ruling) {
        return ruling.disclose() && !standing(message).refuses(true) ? RequestMessages.disclosed(message) : message;
    }

    private Standing standing(WampMessage message) {
        if (message instanceof Call call) {
            return disclosure.ofCaller(session.identity(), call.procedure());
        }
        return message instanceof Publish publish
                ? disclosure.ofPublisher(session.identity(), publish.topic())
                : Standing.PLAIN;
    }

    private void ask(Action action, String uri, WampMessage message) {
        asked = message;
        int before = changes;
        session.connection().waitFor(waitingRoom);
        Map<String, Object> details = Map.of(
                "realm", session.realm(),
                "session", session.id(),
                "authid", session.identity().authid(),
                "authrole", session.identity().authrole());
        calls.call(
                authorizer.procedure(),
                List.of(details, uri, action.text(), RequestMessages.options(message)),
                authorizer.timeoutMillis(),
                answer -> {
                    if (before == changes || asked != message) {
                        answered(action, uri, message, answer);
                    } else {
                        askAnew(message);
                    }
                });
    }

    /** The rules have changed while it was asked: they decide, all of them. */
    private void askAnew(WampMessage message) {
        asked = null;
        if (session.isOpen()) {
            dispatcher.accept(message);
            drain();
        }
    }

    private void answered(Action action, String uri, WampMessage message, RouterCalls.Answer answer) {
        if (asked != message || !session.isOpen()) {
            return;
        }
        asked = null;
        Ruling ruling = answer instanceof RouterCalls.Returned returned ? Ruling.of(returned) : null;
        if (ruling == null) {
            counters.authorizerFailed();
            refuser.refuse(message, WampError.AUTHORIZATION_FAILED, "the authorizer of the role did not decide");
        } else {
            remember(action, uri, ruling);
            if (ruling.allow()) {
                grant(allowed(message, ruling));
            } else {
                deny(action, uri, message);
            }
        }
        drain();
    }

    private void deny(Action action, String uri, WampMessage message) {
        counters.denied(action);
        refuser.refuse(
                message, WampError.NOT_AUTHORIZED, "the authorizer of the role denied to " + action.text() + " " + uri);
    }

    private void grant(WampMessage message) {
        granted = message;
        dispatcher.accept(message);
        granted = null;
    }

    /** A request that is answered at once calls this from within. */
    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (asked == null && !waiting.isEmpty()) {
            waiting.remove().run();
        }
        draining = false;
    }

    /** Only calls and publications come often enough to be remembered. */
    private void remember(Action action, String uri, Ruling ruling) {
        if (ruling.cache() && authorizer.memoryMillis() > 0 && (action == Action.CALL || action == Action.PUBLISH)) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(authorizer.memoryMillis());
            remembered[place(action, uri)] = new Remembered(action, uri, ruling, until);
        }
    }

    private @Nullable Ruling find(Action action, String uri) {
        Remembered found = remembered[place(action, uri)];
        return found != null && found.action == action && found.uri.equals(uri) && found.until - System.nanoTime() > 0
                ? found.ruling
                : null;
    }

    private static int place(Action action, String uri) {
        return ((uri.hashCode() + action.ordinal()) * MULTIPLIER) >>> (Integer.SIZE - PLACE_BITS);
    }

    /** The session ended: nothing that waits is done. */
    void end() {
        asked = null;
        waiting.clear();
    }

    /** Whether a request is asked about, or waits behind one that is. */
    boolean isWaiting() {
        return asked != null || !waiting.isEmpty();
    }
}
