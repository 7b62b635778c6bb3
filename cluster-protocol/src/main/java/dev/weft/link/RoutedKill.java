package dev.weft.link;

import org.jspecify.annotations.Nullable;

/**
 * Ends a session with GOODBYE ("Session Meta API", the kill procedures).
 *
 * @param loop the event loop of the session on its node
 * @param reason a URI
 */
public record RoutedKill(
        String realm,
        int loop,
        long session,
        String reason,
        @Nullable String message) implements RoutedMessage {
    @Override
    public RoutedKill keep() {
        return this;
    }
}
