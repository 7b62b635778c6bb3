package dev.weft.auth;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Calls procedures in the name of the router itself: what asks, for one, who a client is. Thread-safe. */
@FunctionalInterface
public interface ProcedureCaller {
    /**
     * Calls a procedure; whoever has registered it, on this node or another.
     *
     * @param timeout after which it has failed
     * @return completed once, on an event loop of this node; never with a failure
     */
    CompletionStage<ProcedureAnswer> call(String realm, String procedure, List<?> args, Duration timeout);
}
