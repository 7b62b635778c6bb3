package dev.weft.transport.http;

import dev.weft.link.RoutedPoll.Action;
import org.jspecify.annotations.Nullable;

/**
 * What a path below that of the long-poll transports asks for.
 *
 * @param action null for opening a transport
 * @param transport as the client names it; empty for opening one
 */
record PollPath(@Nullable Action action, String transport) {
    private static final String OPEN = "open";

    /** Null if there is nothing at this path. */
    static @Nullable PollPath of(@Nullable LongPollOptions options, String path) {
        if (options == null || !path.startsWith(options.path() + "/")) {
            return null;
        }
        String[] parts = path.substring(options.path().length() + 1).split("/", -1);
        if (parts.length == 1 && parts[0].equals(OPEN)) {
            return new PollPath(null, "");
        }
        Action action = parts.length == 2 ? action(parts[1]) : null;
        return action == null ? null : new PollPath(action, parts[0]);
    }

    private static @Nullable Action action(String name) {
        return switch (name) {
            case "receive" -> Action.RECEIVE;
            case "send" -> Action.SEND;
            case "close" -> Action.CLOSE;
            default -> null;
        };
    }

    boolean isOpen() {
        return action == null;
    }
}
