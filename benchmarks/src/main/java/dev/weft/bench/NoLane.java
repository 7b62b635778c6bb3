package dev.weft.bench;

import dev.weft.lane.Lane;
import dev.weft.lane.LaneReceiver;
import dev.weft.link.RoutedMessage;

/** Nothing crosses lanes in a benchmark of one event loop. */
final class NoLane implements LaneReceiver {
    @Override
    public void receive(RoutedMessage message, Lane from) {
        throw new IllegalStateException("nothing crosses a lane here");
    }

    @Override
    public void laneDown(Lane lane) {
        throw new IllegalStateException("no lane goes down here");
    }
}
