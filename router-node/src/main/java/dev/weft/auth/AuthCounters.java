package dev.weft.auth;

import dev.weft.config.AuthMethod;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How clients were let in and refused since the start of the node. Thread-safe. */
public final class AuthCounters {
    private final Map<AuthMethod, LongAdder> granted = new EnumMap<>(AuthMethod.class);
    private final Map<AuthStep.Reason, LongAdder> refused = new EnumMap<>(AuthStep.Reason.class);

    private final LongAdder cookiesBound = new LongAdder();
    private final LongAdder cookiesNotBound = new LongAdder();
    private final LongAdder logouts = new LongAdder();

    public AuthCounters() {
        for (AuthMethod method : AuthMethod.values()) {
            granted.put(method, new LongAdder());
        }
        for (AuthStep.Reason reason : AuthStep.Reason.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    @SuppressWarnings("NullAway") // the constructor has put every method and reason
    void count(AuthStep step) {
        if (step instanceof AuthStep.Granted grant) {
            granted.get(grant.method()).increment();
        } else if (step instanceof AuthStep.Refused refusal) {
            refused.get(refusal.reason()).increment();
        }
    }

    void countCookie(boolean bound) {
        (bound ? cookiesBound : cookiesNotBound).increment();
    }

    void countLogout() {
        logouts.increment();
    }

    /** Logins by which a browser is known again. */
    public long cookiesBound() {
        return cookiesBound.sum();
    }

    /** Logins by which a browser was to be known again, and is not. */
    public long cookiesNotBound() {
        return cookiesNotBound.sum();
    }

    /** Logins that this node was asked to end. */
    public long logouts() {
        return logouts.sum();
    }

    @SuppressWarnings("NullAway") // the constructor has put every method
    public long granted(AuthMethod method) {
        return granted.get(method).sum();
    }

    @SuppressWarnings("NullAway") // the constructor has put every reason
    public long refused(AuthStep.Reason reason) {
        return refused.get(reason).sum();
    }
}
