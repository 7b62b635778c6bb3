package dev.weft.meta;

import dev.weft.wamp.WampError;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a procedure of the router answers. */
sealed interface MetaAnswer {
    /** The arguments of RESULT. */
    record Values(List<? extends @Nullable Object> args) implements MetaAnswer {}

    /** ERROR. */
    record Refused(WampError error, String message) implements MetaAnswer {}

    /** No message is longer than 16 MiB, and no id shorter than nine bytes but for a very few. */
    int MOST_IDS = (16 << 20) / 9;

    MetaAnswer TOO_MANY_IDS =
            new Refused(WampError.PAYLOAD_SIZE_EXCEEDED, "there are more than fit into one message of any transport");

    MetaAnswer UNANSWERED = new Refused(WampError.UNAVAILABLE, "not every node that was asked has answered in time");

    MetaAnswer READ_ONLY = new Refused(
            WampError.NOT_AUTHORIZED, "in this realm sessions take nothing from each other (meta-api: read)");

    static MetaAnswer of(Object value) {
        return new Values(List.of(value));
    }

    static MetaAnswer ofNullable(@Nullable Object value) {
        return new Values(Collections.singletonList(value));
    }

    static MetaAnswer invalid(String message) {
        return new Refused(WampError.INVALID_ARGUMENT, message);
    }
}
