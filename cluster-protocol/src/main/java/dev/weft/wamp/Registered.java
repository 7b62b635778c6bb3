package dev.weft.wamp;

/** {@code [65, REGISTER.Request|id, Registration|id]}. */
public record Registered(long request, long registration) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.REGISTERED;
    }
}
