package dev.weft.broker;

import dev.weft.link.RoutedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps a subscriber that is given the retained event from getting an older one after a newer one, or one twice: what is
 * retained is looked up while events come. Only events that are retained themselves count. Belongs to its event loop.
 */
final class RetainedHandover {
    /** So long an event may take to come after it was found in the store. */
    static final long REMEMBERED_MILLIS = 30_000;

    /** So long an event that was published before a subscription may take to be stored. */
    static final long SETTLED_MILLIS = 1_000;

    /** One that is under way, and the topics of events that came meanwhile. */
    static final class Lookup {
        private final Set<String> topics = new HashSet<>(2);

        /** Whether a newer event of the topic has come, or this one. */
        boolean saw(String topic) {
            return topics.contains(topic);
        }
    }

    private record Given(String topic, Set<Long> sessions) {}

    private final List<Lookup> open = new ArrayList<>(1);
    /** By publication. */
    private final Map<Long, Given> given = new HashMap<>();

    Lookup begin() {
        Lookup lookup = new Lookup();
        open.add(lookup);
        return lookup;
    }

    void end(Lookup lookup) {
        open.remove(lookup);
    }

    /**
     * A retained event comes to all subscribers. If it is another one than what was given of its topic, it may be older:
     * then what was given has to come again, after it.
     */
    void passing(RoutedEvent event) {
        open.forEach(lookup -> lookup.topics.add(event.topic()));
        if (!given.isEmpty()) {
            given.entrySet()
                    .removeIf(one -> one.getKey() != event.publication()
                            && one.getValue().topic().equals(event.topic()));
        }
    }

    void given(RoutedEvent event, long session) {
        given.computeIfAbsent(event.publication(), none -> new Given(event.topic(), new HashSet<>(2)))
                .sessions()
                .add(session);
    }

    void forget(long publication) {
        given.remove(publication);
    }

    /** Whether the session was given it as the retained one. */
    boolean hasGiven(long publication, long session) {
        Given found = given.get(publication);
        return found != null && found.sessions().contains(session);
    }
}
