package dev.weft.wamp;

/** {@code [64, Request|id, Options|dict, Procedure|uri]}. */
public record Register(long request, RegisterOptions options, String procedure) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.REGISTER;
    }
}
