package dev.weft.session;

import org.jspecify.annotations.Nullable;

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
        long goodbyeMillis,
        OfRealm ofRealm) {
    /** What all sessions of a realm on this node may hold together. */
    public record OfRealm(int maxSubscriptions, int maxRegistrations) {
        public static final OfRealm UNLIMITED = new OfRealm(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** Of a realm whose sessions may hold any number together. */
    public SessionLimits(
            int maxSubscriptions,
            int maxRegistrations,
            int maxCallsInFlight,
            int maxQueuedCalls,
            long helloMillis,
            long goodbyeMillis) {
        this(
                maxSubscriptions,
                maxRegistrations,
                maxCallsInFlight,
                maxQueuedCalls,
                helloMillis,
                goodbyeMillis,
                OfRealm.UNLIMITED);
    }

    /**
     * Counts in one subscription more.
     *
     * @param held by the session
     * @return null if it may be; otherwise why not, in words for the client
     */
    public @Nullable String countSubscription(int held, RealmHoldings realm) {
        return count(held, maxSubscriptions, realm, ofRealm.maxSubscriptions, " subscriptions");
    }

    /** As {@link #countSubscription}, of a registration. */
    public @Nullable String countRegistration(int held, RealmHoldings realm) {
        return count(held, maxRegistrations, realm, ofRealm.maxRegistrations, " registrations");
    }

    private static @Nullable String count(int held, int most, RealmHoldings realm, int mostOfRealm, String what) {
        if (held >= most) {
            return "a session may hold " + most + what;
        }
        return realm.take(mostOfRealm)
                ? null
                : "the sessions of the realm may hold " + mostOfRealm + what + " on one node";
    }

    /** The same, but in a realm with limits of its own. */
    public SessionLimits in(OfRealm realm) {
        return new SessionLimits(
                maxSubscriptions,
                maxRegistrations,
                maxCallsInFlight,
                maxQueuedCalls,
                helloMillis,
                goodbyeMillis,
                realm);
    }

    public static final SessionLimits DEFAULT = new SessionLimits(10_000, 10_000, 10_000, 1_000, 10_000, 5_000);
}
