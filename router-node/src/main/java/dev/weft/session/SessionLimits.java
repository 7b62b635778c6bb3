package dev.weft.session;

/**
 * What one session may hold, and how long it may take.
 *
 * @param maxQueuedCalls that wait for one callee of one registration, if it takes only so many at once
 * @param helloMillis from the opening of the transport, or the end of the session before, to HELLO
 * @param goodbyeMillis from our GOODBYE to the client's
 */
public record SessionLimits(
        int maxSubscriptions,
        int maxRegistrations,
        int maxCallsInFlight,
        int maxQueuedCalls,
        long helloMillis,
        long goodbyeMillis) {
    public static final SessionLimits DEFAULT = new SessionLimits(10_000, 10_000, 10_000, 1_000, 10_000, 5_000);
}
