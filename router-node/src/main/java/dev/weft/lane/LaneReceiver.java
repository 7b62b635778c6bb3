package dev.weft.lane;

import dev.weft.link.RoutedMessage;

/** What an event loop does with what comes over its lane. Called on that event loop. */
public interface LaneReceiver {
    void receive(RoutedMessage message, Lane from);

    /** Nothing will come over {@code lane} any more, and nothing sent there since an unknown point was received. */
    void laneDown(Lane lane);
}
