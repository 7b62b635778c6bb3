package dev.weft.broker;

import dev.weft.directory.EventDirectory;
import dev.weft.directory.TopicHistory;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedEvent;
import dev.weft.uri.Matches;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ReceiverFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what the router has to say in one realm to the subscribers on this node, and to nobody else: every other
 * node tells its own. Events go through the queues of the event loops, also from one of these loops, so that all
 * subscribers get them in the order in which they were published here, and after what was queued before. Thread-safe;
 * publishing to a topic that nobody on this node listens to costs no more than to find that out.
 */
public final class LocalPublisher {
    /** An event for whoever is subscribed; the payload is a kept one. */
    public record Publication(
            long id, EventDetails details, @Nullable ReceiverFilter receivers, Payload payload) {}

    private static final long[] NONE = {};

    private final String realm;
    private final SubscriptionTable table;
    private final Matches<Subscription> matches = new Matches<>();
    private final List<LocalLane> lanes = new ArrayList<>();
    private volatile @Nullable EventDirectory kept;

    public LocalPublisher(String realm, SubscriptionTable table) {
        this.realm = realm;
        this.table = table;
    }

    /** Has {@code directory} keep what is to be retained, from now on. */
    public void keptBy(EventDirectory directory) {
        kept = directory;
    }

    /** Has an event retained, whether or not anybody is subscribed. Other nodes do the same with the same event. */
    public void retain(String topic, Publication event) {
        EventDirectory directory = kept;
        if (directory != null) {
            RoutedEvent routed = new RoutedEvent(
                    realm, event.id(), topic, NONE, 0, event.details(), event.receivers(), event.payload());
            directory.retain(routed, () -> {});
        }
    }

    /** Has an event kept in the histories of its topic. Other nodes do the same with the same event. */
    public synchronized void record(String topic, Publication event) {
        table.match(topic, matches);
        for (int i = 0; i < matches.size(); i++) {
            TopicHistory history = matches.get(i).history();
            if (history != null) {
                history.record(
                        new RoutedEvent(
                                realm, event.id(), topic, NONE, 0, event.details(), event.receivers(), event.payload()),
                        null);
            }
        }
    }

    /** @param made makes the event, if there is a subscriber; calls take turns */
    public synchronized void publish(String topic, Supplier<Publication> made) {
        table.match(topic, matches);
        lanes.clear();
        for (int i = 0; i < matches.size(); i++) {
            matches.get(i).forEachLocalLane(this::gather);
        }
        if (lanes.isEmpty()) {
            return;
        }
        Publication event = made.get();
        RoutedEvent routed = new RoutedEvent(
                realm, event.id(), topic, matchedIds(), 0, event.details(), event.receivers(), event.payload());
        for (LocalLane lane : lanes) {
            lane.queue(routed);
        }
    }

    private void gather(LocalLane lane) {
        if (!lanes.contains(lane)) {
            lanes.add(lane);
        }
    }

    private long[] matchedIds() {
        long[] ids = new long[matches.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = matches.get(i).id();
        }
        return ids;
    }
}
