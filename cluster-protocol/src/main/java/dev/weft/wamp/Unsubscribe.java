package dev.weft.wamp;

/** {@code [34, Request|id, SUBSCRIBED.Subscription|id]}. */
public record Unsubscribe(long request, long subscription) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.UNSUBSCRIBE;
    }
}
