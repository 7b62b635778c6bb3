package dev.weft.lane;

/** Something an event loop does later, unless it is canceled before. */
@FunctionalInterface
public interface Alarm {
    /** No effect if it went off already. Called on the event loop. */
    void cancel();
}
