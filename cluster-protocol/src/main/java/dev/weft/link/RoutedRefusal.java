package dev.weft.link;

import dev.weft.wamp.Payload;

/**
 * A call reached no callee: the session, or its registration, was gone when the call came. No INVOCATION was sent, so
 * the caller's node may choose another callee; it gets the payload of the call back for that.
 */
public record RoutedRefusal(String realm, long call, Payload payload) implements RoutedMessage {
    @Override
    public int loop() {
        return CallId.loop(call);
    }

    @Override
    public RoutedRefusal keep() {
        Payload kept = payload.keep();
        return kept == payload ? this : new RoutedRefusal(realm, call, kept);
    }
}
