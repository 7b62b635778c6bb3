package dev.weft.wamp;

/** {@code [68, Request|id, REGISTERED.Registration|id, Details|dict]} (with an optional payload). */
public record Invocation(long request, long registration, InvocationDetails details, Payload payload)
        implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.INVOCATION;
    }
}
