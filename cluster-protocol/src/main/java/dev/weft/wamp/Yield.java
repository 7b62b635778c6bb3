package dev.weft.wamp;

/** {@code [70, INVOCATION.Request|id, Options|dict]} (with an optional payload). */
public record Yield(long request, YieldOptions options, Payload payload) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.YIELD;
    }
}
