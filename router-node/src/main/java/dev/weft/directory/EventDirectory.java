package dev.weft.directory;

import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.Identity;
import dev.weft.wamp.MatchPolicy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events that the cluster keeps for those who subscribe later ("Event Retention"). Thread-safe; never blocks.
 */
public interface EventDirectory {
    /**
     * Why an event cannot be retained because the realm retains as much as it may, in words for the client; null if it can.
     *
     * @param bytes of its payload
     */
    @Nullable
    String refusal(String realm, String topic, int bytes);

    /**
     * Makes {@code event} the retained one of its topic; without a payload, takes back what is retained of it. One that
     * cannot be retained is counted.
     *
     * @param done run once, on any thread, when every node has it from now on, or after some seconds if that cannot be said
     */
    void retain(RoutedEvent event, Runnable done);

    /**
     * Finds the newest retained event of the topics that match, of those that {@code receiver} would have got.
     *
     * @param found is called once, on the event loop of {@code lane}; is given null if there is none, or none can be had
     */
    void newest(
            String realm,
            MatchPolicy match,
            String topic,
            Identity receiver,
            LocalLane lane,
            Consumer<@Nullable RoutedEvent> found);
}
