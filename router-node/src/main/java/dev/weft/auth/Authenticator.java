package dev.weft.auth;

import dev.weft.config.AuthMethod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One method of authentication, for one realm. Thread-safe: asked on all event loops, which it must not block. */
interface Authenticator {
    AuthMethod method();

    /**
     * Whether this client can use the method at all. Must not depend on whether the principal that it names exists.
     */
    boolean isPossible(AuthRequest request);

    /** Whether a procedure is asked for the challenge: whoever then does not answer has made it work for nothing. */
    default boolean asksForChallenge() {
        return false;
    }

    /** The first step; any thread may complete it. */
    CompletionStage<AuthStep> begin(AuthRequest request);

    /** A step that is known at once. */
    static CompletionStage<AuthStep> now(AuthStep step) {
        return CompletableFuture.completedStage(step);
    }
}
