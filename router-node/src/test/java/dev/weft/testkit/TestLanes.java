package dev.weft.testkit;

import dev.weft.lane.Lane;
import dev.weft.lane.LaneReceiver;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedMessage;
import io.netty.util.concurrent.ImmediateEventExecutor;

/** Lanes over which nothing is routed. */
public final class TestLanes {
    private TestLanes() {}

    /** The lane of an event loop that is always the calling thread. */
    public static LocalLane local(int index) {
        return new LocalLane(index, ImmediateEventExecutor.INSTANCE, new LaneReceiver() {
            @Override
            public void receive(RoutedMessage message, Lane from) {
                throw new AssertionError("nothing is routed here");
            }

            @Override
            public void laneDown(Lane lane) {
                throw new AssertionError("nothing is routed here");
            }
        });
    }

    /** The lane of a link; equal by name. */
    public record ToNode(String name) implements Lane {
        @Override
        public void send(RoutedMessage message, Lane from) {
            throw new AssertionError("nothing is routed here");
        }

        @Override
        public boolean isCongested() {
            return false;
        }
    }
}
