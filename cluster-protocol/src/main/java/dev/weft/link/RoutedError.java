package dev.weft.link;

import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.Payload;

/** A callee's error, or the router's when the callee left, on its way back to the caller. Ends the call. */
public record RoutedError(String realm, long call, ErrorDetails details, String error, Payload payload)
        implements RoutedMessage {
    @Override
    public int loop() {
        return CallId.loop(call);
    }

    @Override
    public RoutedError keep() {
        Payload kept = payload.keep();
        return kept == payload ? this : new RoutedError(realm, call, details, error, kept);
    }
}
