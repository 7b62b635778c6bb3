package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code [35, UNSUBSCRIBE.Request|id]}; when the router revokes a subscription {@code [35, 0, Details|dict]}, with {@code revoked} not null. */
public record Unsubscribed(long request, @Nullable Revocation revoked) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.UNSUBSCRIBED;
    }
}
