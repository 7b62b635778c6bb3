package dev.weft.transport;

import dev.weft.wamp.Call;
import dev.weft.wamp.Event;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.Publish;
import dev.weft.wamp.Register;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.WampMessage;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are traced.
 *
 * @param connection the only one; null for every one
 * @param uri that a message has to name, or the beginning of it before a {@code *}; null for every message
 */
public record TraceFilter(
        @Nullable Long connection, @Nullable String uri) {
    boolean admits(Connection one) {
        return connection == null || connection == one.id();
    }

    boolean admits(WampMessage message) {
        if (uri == null) {
            return true;
        }
        String named = uriOf(message);
        if (named == null) {
            return false;
        }
        return uri.endsWith("*") ? named.startsWith(uri.substring(0, uri.length() - 1)) : named.equals(uri);
    }

    private static @Nullable String uriOf(WampMessage message) {
        return switch (message.type()) {
            case PUBLISH -> ((Publish) message).topic();
            case SUBSCRIBE -> ((Subscribe) message).topic();
            case CALL -> ((Call) message).procedure();
            case REGISTER -> ((Register) message).procedure();
            case EVENT -> ((Event) message).details().topic();
            case INVOCATION -> ((Invocation) message).details().procedure();
            default -> null;
        };
    }
}
