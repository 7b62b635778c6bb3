package dev.weft.wamp;

/** {@code [66, Request|id, REGISTERED.Registration|id]}. */
public record Unregister(long request, long registration) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.UNREGISTER;
    }
}
