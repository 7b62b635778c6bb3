package dev.weft.wamp;

/** {@code [48, Request|id, Options|dict, Procedure|uri]} (with an optional payload). */
public record Call(long request, CallOptions options, String procedure, Payload payload) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.CALL;
    }
}
