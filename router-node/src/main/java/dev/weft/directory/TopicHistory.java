package dev.weft.directory;

import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one topic or pattern that the cluster keeps for those who ask for them ("Event History"). Thread-safe;
 * never blocks.
 */
public interface TopicHistory {
    /** The id of its subscription while nobody is subscribed: the same on every node. */
    long subscription();

    /**
     * Has an event kept: what one event loop hands over is kept in that order. One that was handed over before, by this node
     * or another, changes nothing; one whose receivers are named by their sessions is not kept.
     *
     * @param done run once, on any thread, when every node finds the event, when it is known not to be kept, or after some
     *     seconds if neither can be said; null if nobody wants to know
     */
    void record(RoutedEvent event, @Nullable Runnable done);

    /** @param found is called once, on the event loop of {@code lane} */
    void find(HistoryQuery query, LocalLane lane, Consumer<HistoryAnswer> found);
}
