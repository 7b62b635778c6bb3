package dev.weft.link;

import dev.weft.wamp.Payload;

/**
 * A call, or a further chunk of one, comes back: the session, or its registration, was gone when it came, and no
 * INVOCATION was sent; or the callee is {@code unavailable}. The caller's node may choose another callee; it gets the
 * payload back for that.
 *
 * @param unavailable the callee said so, or has as many calls as it wants; never so over a link of version 1 or 2
 */
public record RoutedRefusal(String realm, long call, boolean unavailable, Payload payload) implements RoutedMessage {
    @Override
    public int loop() {
        return CallId.loop(call);
    }

    @Override
    public RoutedRefusal keep() {
        Payload kept = payload.keep();
        return kept == payload ? this : new RoutedRefusal(realm, call, unavailable, kept);
    }
}
