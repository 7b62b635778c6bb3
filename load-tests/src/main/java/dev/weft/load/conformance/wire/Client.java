package dev.weft.load.conformance.wire;

import dev.weft.load.client.Endpoint;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client that takes one message after the other, in the order in which the router sent them. Everything that waits
 * gives up after {@link #PATIENCE_MILLIS}. Belongs to one thread.
 */
public final class Client implements AutoCloseable {
    /** How long the router may take for anything. */
    public static final long PATIENCE_MILLIS = 5_000;

    private static final Map<String, Object> ROLES = Map.of(
            "publisher",
            features("publisher_identification", "subscriber_blackwhite_listing", "publisher_exclusion"),
            "subscriber",
            features(
                    "pattern_based_subscription",
                    "publisher_identification",
                    "publication_trustlevels",
                    "subscription_revocation",
                    "event_history"),
            "caller",
            features(
                    "progressive_call_results",
                    "progressive_call_invocations",
                    "call_canceling",
                    "call_timeout",
                    "caller_identification",
                    "payload_passthru_mode"),
            "callee",
            features(
                    "progressive_call_results",
                    "progressive_call_invocations",
                    "call_canceling",
                    "call_timeout",
                    "caller_identification",
                    "pattern_based_registration",
                    "shared_registration",
                    "registration_revocation",
                    "call_reroute",
                    "call_trustlevels",
                    "payload_passthru_mode"));

    private final Wire wire;
    private final Language language;
    private Message welcome = new Message(List.of());
    private long requests;
    private byte @Nullable [] waiting;

    private Client(Wire wire, Language language) {
        this.wire = wire;
        this.language = language;
    }

    /** Connects; nothing is said yet. */
    public static Client connect(Endpoint endpoint, Language language) throws Unmet {
        try {
            return new Client(Wire.open(endpoint, language), language);
        } catch (IOException failure) {
            throw new Unmet("cannot connect to " + endpoint + ": " + failure.getMessage(), failure);
        }
    }

    private static Map<String, Object> features(String... names) {
        return Map.of(
                "features",
                Stream.of(names, new String[] {"payload_passthru_mode"})
                        .flatMap(Stream::of)
                        .distinct()
                        .collect(Collectors.toMap(name -> name, name -> true)));
    }

    /** Opens a session that announces all roles and what their features need. */
    public Client join(String realm) throws Unmet {
        welcome = hello(realm);
        if (!welcome.is(Code.WELCOME)) {
            throw new Unmet("wanted WELCOME, got " + welcome);
        }
        return this;
    }

    /** What the router answers to HELLO. */
    public Message hello(String realm) throws Unmet {
        send(Code.HELLO, realm, Map.of("roles", ROLES));
        return receive();
    }

    public long session() throws Unmet {
        return welcome.number(1);
    }

    /** The details of WELCOME. */
    public Map<String, Object> details() throws Unmet {
        return welcome.dict(2);
    }

    /** Whether the router announced the feature for its role, broker or dealer. */
    public boolean isAnnounced(String role, String feature) throws Unmet {
        return details().get("roles") instanceof Map<?, ?> roles
                && roles.get(role) instanceof Map<?, ?> of
                && of.get("features") instanceof Map<?, ?> features
                && Boolean.TRUE.equals(features.get(feature));
    }

    public long nextRequest() {
        return ++requests;
    }

    public void send(Code code, Object... fields) throws Unmet {
        try {
            wire.send(language.encode(
                    Stream.concat(Stream.of(code.number()), Stream.of(fields)).toList()));
        } catch (IOException failure) {
            throw new Unmet(code + " cannot be sent: " + failure.getMessage(), failure);
        }
    }

    /** Whether a message comes within so many milliseconds; it is the next to be taken. */
    public boolean hasMore(long millis) throws Unmet {
        if (waiting == null) {
            try {
                waiting = wire.receive(millis);
            } catch (IOException failure) {
                throw new Unmet(Objects.toString(failure.getMessage(), "the connection broke"), failure);
            }
        }
        return waiting != null;
    }

    /** The next message, whatever it is. */
    @SuppressWarnings("unchecked")
    public Message receive() throws Unmet {
        try {
            byte[] bytes = waiting != null ? waiting : wire.receive(PATIENCE_MILLIS);
            waiting = null;
            if (bytes == null) {
                throw new Unmet("nothing came within " + PATIENCE_MILLIS + " ms");
            }
            Object value = language.decode(bytes);
            if (value instanceof List<?> list && !list.isEmpty()) {
                return new Message((List<Object>) list);
            }
            throw new Unmet("no message of WAMP: " + value);
        } catch (IOException failure) {
            throw new Unmet(Objects.toString(failure.getMessage(), "the connection broke"), failure);
        }
    }

    /** The next message, which must be of this type. */
    public Message take(Code wanted) throws Unmet {
        Message message;
        try {
            message = receive();
        } catch (Unmet nothing) {
            throw new Unmet("wanted " + wanted + ": " + nothing.getMessage(), nothing);
        }
        if (!message.is(wanted)) {
            throw new Unmet("wanted " + wanted + ", got " + message);
        }
        return message;
    }

    /** The next message, which must be an ERROR for a request of this type and with this URI. */
    public Message takeError(Code request, String uri) throws Unmet {
        Message error = take(Code.ERROR);
        if (error.number(1) != request.number() || !error.text(4).equals(uri)) {
            throw new Unmet("wanted " + uri + " for " + request + ", got " + error);
        }
        return error;
    }

    /** Whether the router closes the connection, possibly after some last messages, or ends the session. */
    public boolean isEnded() {
        try {
            for (Message message = receive(); ; message = receive()) {
                if (message.is(Code.ABORT) || message.is(Code.GOODBYE)) {
                    return true;
                }
            }
        } catch (Unmet closedOrSilent) {
            return closedOrSilent.getCause() != null;
        }
    }

    public long subscribe(String topic, Map<String, Object> options) throws Unmet {
        long request = nextRequest();
        send(Code.SUBSCRIBE, request, options, topic);
        Message subscribed = take(Code.SUBSCRIBED);
        return subscribed.number(2);
    }

    public long subscribe(String topic) throws Unmet {
        return subscribe(topic, Map.of());
    }

    public void unsubscribe(long subscription) throws Unmet {
        send(Code.UNSUBSCRIBE, nextRequest(), subscription);
        take(Code.UNSUBSCRIBED);
    }

    /** With {@code acknowledge}; returns the id of the publication. */
    public long publish(String topic, Map<String, Object> options, Object... args) throws Unmet {
        Map<String, Object> acknowledged = new HashMap<>(options);
        acknowledged.put("acknowledge", true);
        send(Code.PUBLISH, nextRequest(), acknowledged, topic, List.of(args));
        return take(Code.PUBLISHED).number(2);
    }

    /** The next message, which must be an EVENT of the subscription. */
    public Message event(long subscription) throws Unmet {
        Message event = take(Code.EVENT);
        if (event.number(1) != subscription) {
            throw new Unmet("wanted an event of subscription " + subscription + ", got " + event);
        }
        return event;
    }

    public long register(String procedure, Map<String, Object> options) throws Unmet {
        send(Code.REGISTER, nextRequest(), options, procedure);
        return take(Code.REGISTERED).number(2);
    }

    public long register(String procedure) throws Unmet {
        return register(procedure, Map.of());
    }

    public void unregister(long registration) throws Unmet {
        send(Code.UNREGISTER, nextRequest(), registration);
        take(Code.UNREGISTERED);
    }

    /** Returns the request id; the answer is yet to be taken. */
    public long call(String procedure, Map<String, Object> options, Object... args) throws Unmet {
        long request = nextRequest();
        send(Code.CALL, request, options, procedure, List.of(args));
        return request;
    }

    /** Calls and takes the result. */
    public Message result(String procedure, Object... args) throws Unmet {
        call(procedure, Map.of(), args);
        return take(Code.RESULT);
    }

    public void yield(Message invocation, Map<String, Object> options, Object... args) throws Unmet {
        send(Code.YIELD, invocation.number(1), options, List.of(args));
    }

    public void fail(Message invocation, String error, Object... args) throws Unmet {
        send(Code.ERROR, Code.INVOCATION.number(), invocation.number(1), Map.of(), error, List.of(args));
    }

    /** GOODBYE, and the router's answer: GOODBYE, or that it closes the connection. */
    public void leave() throws Unmet {
        send(Code.GOODBYE, Map.of(), "wamp.close.close_realm");
        if (!isEnded()) {
            throw new Unmet("wanted GOODBYE: nothing came within " + PATIENCE_MILLIS + " ms");
        }
        close();
    }

    @Override
    public void close() {
        wire.close();
    }
}
