package dev.weft.load.scenario;

import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SerializerId;
import java.util.List;

/** One kind of load; a scenario may have several at once. */
public sealed interface Load {

    /** Callers call the procedures of the callees, which have one each, in turn; the result is the argument. */
    record Rpc(int callers, int callees, Messages messages) implements Load {}

    /**
     * Publishers publish to topics in turn; subscribers have subscriptions, to topics or to patterns that cover several, in
     * turn.
     *
     * @param subscriptions of each subscriber
     * @param match how they match
     * @param patterns how many different ones there are; as many as topics when they match exactly
     */
    record PubSub(
            int publishers,
            int subscribers,
            int topics,
            int subscriptions,
            MatchPolicy match,
            int patterns,
            Messages messages)
            implements Load {}

    /**
     * Sessions that are cut off and come back.
     *
     * @param perSecond how many come back in a second; 0: all at once, again and again
     */
    record Join(int sessions, double perSecond, List<SerializerId> serializers) implements Load {}

    /**
     * Sessions that do nothing.
     *
     * @param subscriptions of each session
     */
    record Idle(int sessions, int subscriptions, List<SerializerId> serializers) implements Load {}
}
