package dev.weft.load.scenario;

/** When the next message is sent. */
public sealed interface Pace {

    /**
     * As soon as an earlier one has ended: the router decides how fast it goes.
     *
     * @param inFlight of each sender at once, 1 or more
     */
    record Closed(int inFlight) implements Pace {}

    /**
     * At fixed times, whatever became of the earlier ones; latency counts from that time, so that what waits behind a slow
     * router counts as slow.
     *
     * @param perSecond of all senders together, more than 0
     */
    record Open(double perSecond) implements Pace {}
}
