package dev.weft.link;

import java.util.Arrays;

/**
 * A request for a long-poll transport, from the event loop that has the HTTP client to the one that has the transport
 * ("HTTP Longpoll Transport"). All but {@link Action#ABANDONED}, {@link Action#DELIVERED} and {@link Action#LOST}, which say
 * what became of a {@link Action#RECEIVE}, are answered with one {@link RoutedPollAnswer}.
 *
 * @param loop the event loop of the transport on its node
 * @param secretHigh with {@code secretLow} what only the client of the transport knows
 * @param request names the request on the asking node: a {@link CallId}
 * @param body of a {@link Action#SEND}: messages as the client wrote them; empty otherwise
 */
public record RoutedPoll(int loop, long secretHigh, long secretLow, long request, Action action, byte[] body)
        implements RoutedMessage {
    /** The version of the protocol that brought it. */
    public static final int SINCE = 4;

    /** In the order of their numbers in frames. */
    public enum Action {
        RECEIVE,
        SEND,
        CLOSE,
        /** The client went away before there was an answer. */
        ABANDONED,
        /** The client was written what it was answered. */
        DELIVERED,
        /** It could not be. */
        LOST
    }

    /** It concerns no realm: which one the client has joined, only the transport knows. */
    @Override
    public String realm() {
        return "";
    }

    @Override
    public int bodyLength() {
        return body.length;
    }

    @Override
    public RoutedPoll keep() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoutedPoll poll
                && loop == poll.loop
                && secretHigh == poll.secretHigh
                && secretLow == poll.secretLow
                && request == poll.request
                && action == poll.action
                && Arrays.equals(body, poll.body);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(request);
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "RoutedPoll[" + action + ", " + body.length + " bytes]";
    }
}
