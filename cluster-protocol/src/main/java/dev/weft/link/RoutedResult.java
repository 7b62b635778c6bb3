package dev.weft.link;

import dev.weft.wamp.Payload;
import dev.weft.wamp.ResultDetails;

/** What a callee yielded, on its way back to the caller. Ends the call unless {@code details.progress()}. */
public record RoutedResult(String realm, long call, ResultDetails details, Payload payload) implements RoutedMessage {
    @Override
    public int loop() {
        return CallId.loop(call);
    }

    @Override
    public RoutedResult keep() {
        Payload kept = payload.keep();
        return kept == payload ? this : new RoutedResult(realm, call, details, kept);
    }
}
