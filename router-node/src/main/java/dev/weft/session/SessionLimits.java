package dev.weft.session;

/**
 * What one session may hold, and how long it may take.
 *
 * @param helloMillis from the opening of the transport, or the end of the session before, to HELLO
 * @param goodbyeMillis from our GOODBYE to the client's
 */
public record SessionLimits(
        int maxSubscriptions, int maxRegistrations, int maxCallsInFlight, long helloMillis, long goodbyeMillis) {
    public static final SessionLimits DEFAULT = new SessionLimits(10_000, 10_000, 10_000, 10_000, 5_000);
}
