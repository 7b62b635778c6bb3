package dev.weft.link;

import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.Payload;

/**
 * One call on its way to the callee that was chosen for it; or a further chunk of one, when {@code continuation}.
 *
 * @param loop the event loop of the callee's session on its node
 * @param call see {@link CallId}; with the lane it came from, it names the call for the callee's node
 * @param callee session id
 */
public record RoutedCall(
        String realm,
        int loop,
        long call,
        long callee,
        long registration,
        boolean continuation,
        InvocationDetails details,
        Payload payload)
        implements RoutedMessage {

    @Override
    public RoutedCall keep() {
        Payload kept = payload.keep();
        return kept == payload
                ? this
                : new RoutedCall(realm, loop, call, callee, registration, continuation, details, kept);
    }
}
