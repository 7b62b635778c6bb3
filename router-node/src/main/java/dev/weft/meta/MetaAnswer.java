package dev.weft.meta;

import dev.weft.wamp.WampError;
import java.util.List;

/** What a procedure of the router answers. */
sealed interface MetaAnswer {
    /** The arguments of RESULT. */
    record Values(List<?> args) implements MetaAnswer {}

    /** ERROR. */
    record Refused(WampError error, String message) implements MetaAnswer {}

    static MetaAnswer of(Object value) {
        return new Values(List.of(value));
    }

    static MetaAnswer invalid(String message) {
        return new Refused(WampError.INVALID_ARGUMENT, message);
    }
}
