package dev.weft.link;

/**
 * A call reached no callee: the session, or its registration, was gone when the call came. No INVOCATION was sent, so
 * the caller's node may choose another callee. The payload of the call is with the caller's node.
 */
public record RoutedRefusal(String realm, long call) implements RoutedMessage {
    @Override
    public int loop() {
        return CallId.loop(call);
    }

    @Override
    public RoutedRefusal keep() {
        return this;
    }
}
