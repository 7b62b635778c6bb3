package dev.weft.session;

import dev.weft.wamp.Call;
import dev.weft.wamp.Publish;
import dev.weft.wamp.Register;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.WampId;
import dev.weft.wamp.WampMessage;
import org.jspecify.annotations.Nullable;

/** Checks that a client counts its requests 1, 2, 3 and so on, over all kinds of requests (readings G4 and G5). */
final class RequestIds {
    private final boolean strict;
    private long last;

    RequestIds(boolean strict) {
        this.strict = strict;
    }

    /** What is wrong with the request id of the message, in words for the client; null if nothing is. */
    @Nullable
    String fault(WampMessage message) {
        long request = switch (message.type()) {
            case PUBLISH -> ((Publish) message).request();
            case SUBSCRIBE -> ((Subscribe) message).request();
            case UNSUBSCRIBE -> ((Unsubscribe) message).request();
            case CALL -> ((Call) message).request();
            case REGISTER -> ((Register) message).request();
            case UNREGISTER -> ((Unregister) message).request();
            default -> 0;
        };
        if (request == 0 || !strict) {
            return null;
        }
        long expected = WampId.next(last);
        if (request != expected) {
            return message.type() + " has request id " + request + " where " + expected + " comes next";
        }
        last = request;
        return null;
    }
}
