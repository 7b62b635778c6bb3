package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code [67, UNREGISTER.Request|id]}; when the router revokes a registration {@code [67, 0, Details|dict]}, with {@code revoked} not null. */
public record Unregistered(long request, @Nullable Revocation revoked) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.UNREGISTERED;
    }
}
