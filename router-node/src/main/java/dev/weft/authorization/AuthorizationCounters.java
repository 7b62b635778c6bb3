package dev.weft.authorization;

import java.util.concurrent.atomic.LongAdder;

/** Requests of clients that were refused because they are not allowed, since the node's start. Thread-safe. */
public final class AuthorizationCounters {
    private final LongAdder[] denied = new LongAdder[Action.values().length];
    private final LongAdder failures = new LongAdder();
    private final LongAdder revocations = new LongAdder();

    public AuthorizationCounters() {
        for (int i = 0; i < denied.length; i++) {
            denied[i] = new LongAdder();
        }
    }

    public void denied(Action action) {
        denied[action.ordinal()].increment();
    }

    /** A session lost a subscription or registration because the rules have changed. */
    public void revoked() {
        revocations.increment();
    }

    public long revocations() {
        return revocations.sum();
    }

    public void authorizerFailed() {
        failures.increment();
    }

    /** Requests that were denied because the authorizer that was asked about them did not decide. */
    public long authorizerFailures() {
        return failures.sum();
    }

    /** Those of publishers that did not ask for an acknowledgement, and so were not told, included. */
    public long requestsDenied(Action action) {
        return denied[action.ordinal()].sum();
    }
}
