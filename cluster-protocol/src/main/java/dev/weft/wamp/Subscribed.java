package dev.weft.wamp;

/** {@code [33, SUBSCRIBE.Request|id, Subscription|id]}. */
public record Subscribed(long request, long subscription) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.SUBSCRIBED;
    }
}
