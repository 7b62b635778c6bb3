package dev.weft.auth;

import java.util.List;
import java.util.Map;

/** How a call of the router itself ended. */
public sealed interface ProcedureAnswer {
    /** RESULT; values as a serializer makes them. */
    record Result(List<Object> args, Map<String, Object> kwargs) implements ProcedureAnswer {}

    /**
     * ERROR.
     *
     * @param error its URI: of the callee, or of the router if there is no callee, it is gone, or did not answer in time
     */
    record Failure(String error, String words) implements ProcedureAnswer {}
}
