package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code [69, INVOCATION.Request|id, Options|dict]}; {@code reason} is the error URI the caller got, if any. */
public record Interrupt(
        long request, CancelMode mode, @Nullable String reason) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.INTERRUPT;
    }
}
