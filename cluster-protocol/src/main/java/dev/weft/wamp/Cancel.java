package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code [49, CALL.Request|id, Options|dict]}; {@code mode} is null when the caller named none, or one that does not exist. */
public record Cancel(long request, @Nullable CancelMode mode) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.CANCEL;
    }
}
