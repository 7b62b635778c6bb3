package dev.weft.wamp;

/** {@code [50, CALL.Request|id, Details|dict]} (with an optional payload). */
public record Result(long request, ResultDetails details, Payload payload) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.RESULT;
    }
}
