package dev.weft.realm;

import dev.weft.broker.BrokerCounters;
import dev.weft.dealer.DealerCounters;
import dev.weft.dealer.InvocationTally;
import dev.weft.observability.Tallies;
import dev.weft.session.SessionCounters;

/** What went on in a realm on an event loop since the start, or in several. */
public record RealmFigures(
        SessionCounters sessions, BrokerCounters broker, DealerCounters dealer, Tallies<InvocationTally> invocations) {
    /** Of nothing yet. */
    public RealmFigures() {
        this(new SessionCounters(), new BrokerCounters(), new DealerCounters(), new Tallies<>(InvocationTally.class));
    }

    /** Adds up; nobody else counts here. */
    void add(RealmFigures others) {
        sessions.add(others.sessions);
        broker.add(others.broker);
        dealer.add(others.dealer);
        invocations.addAll(others.invocations);
    }
}
