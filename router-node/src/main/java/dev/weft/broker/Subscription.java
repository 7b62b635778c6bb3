package dev.weft.broker;

import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.wamp.MatchPolicy;
import java.util.function.Consumer;

/**
 * One subscription as the whole node sees it: which lanes have at least one subscriber. Read by all event loops; changed
 * by {@link SubscriptionTable} alone.
 */
public final class Subscription {
    private static final Lane[] NONE = {};

    private final MatchPolicy match;
    private final String topic;
    private volatile long id;
    private volatile Lane[] lanes = NONE;

    Subscription(MatchPolicy match, String topic) {
        this.match = match;
        this.topic = topic;
    }

    public long id() {
        return id;
    }

    public MatchPolicy match() {
        return match;
    }

    /** The topic, or the pattern. */
    public String topic() {
        return topic;
    }

    /** All lanes behind which there are subscribers; not to be changed. */
    Lane[] lanes() {
        return lanes;
    }

    /** Tells {@code visitor} of each event loop of this node with a subscriber. */
    public void forEachLocalLane(Consumer<LocalLane> visitor) {
        for (Lane lane : lanes) {
            if (lane instanceof LocalLane local) {
                visitor.accept(local);
            }
        }
    }

    void identify(long subscription) {
        id = subscription;
    }

    void add(Lane lane) {
        lanes = LaneArrays.with(lanes, lane);
    }

    /** Whether no lane is left. */
    boolean remove(Lane lane) {
        lanes = LaneArrays.without(lanes, lane);
        return lanes.length == 0;
    }
}
