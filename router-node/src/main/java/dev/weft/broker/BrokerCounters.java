package dev.weft.broker;

import dev.weft.observability.Buckets;
import dev.weft.observability.Distribution;
import dev.weft.observability.Tallies;

/** What one {@link Broker} has done since the start. Its event loop counts; any thread may read. */
public final class BrokerCounters {
    private final Tallies<BrokerTally> tallies = new Tallies<>(BrokerTally.class);
    private final Distribution receivers = new Distribution(Buckets.NUMBER);

    /** Counts what others have counted; on the one thread that counts here. */
    public void add(BrokerCounters others) {
        tallies.addAll(others.tallies);
        receivers.addAll(others.receivers);
    }

    public Tallies<BrokerTally> tallies() {
        return tallies;
    }

    /** To how many subscribers of this event loop each event went that came to it. */
    public Distribution receivers() {
        return receivers;
    }
}
