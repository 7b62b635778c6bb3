package dev.weft.meta;

import dev.weft.broker.LocalPublisher;
import dev.weft.broker.LocalPublisher.Publication;
import dev.weft.link.Testament;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.TestamentScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The replicas that this node has of the testaments of one realm's sessions. When a session ends, every node publishes
 * its own replica to its own subscribers, wherever the session was. Guarded by the lock of {@link SessionTable}.
 */
final class Testaments {
    private static final String AGAIN = "testament";

    /** Publications remembered of sessions that may come back; each takes about 100 bytes. */
    private static final int REMEMBERED = 100_000;

    private record Held(TestamentScope scope, Testament testament) {}

    private final String realm;
    private final LocalPublisher publisher;
    private final Map<Long, List<Held>> bySession = new HashMap<>();
    /** How often each was published while its session was perhaps alive. */
    private final Map<Long, Integer> published = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    Testaments(String realm, LocalPublisher publisher) {
        this.realm = realm;
        this.publisher = publisher;
    }

    /** One that is held already is told once more, and changes nothing. */
    void add(long session, TestamentScope scope, Testament testament) {
        List<Held> held = bySession.computeIfAbsent(session, none -> new ArrayList<>(1));
        if (held.stream().noneMatch(one -> one.testament.publication() == testament.publication())) {
            held.add(new Held(scope, testament.keep()));
        }
    }

    void flush(long session, TestamentScope scope) {
        List<Held> held = bySession.get(session);
        if (held != null) {
            held.removeIf(one -> one.scope == scope);
        }
    }

    void drop(long session) {
        bySession.remove(session);
    }

    /**
     * Publishes those of a session, in the order of adding: first those for when it is detached, then those for when it
     * is destroyed.
     *
     * @param mayReturn whether the session may be alive on a node that cannot be reached. If it is seen again, it joins
     *     again, and when it ends again what is published then is another publication.
     */
    void publish(long session, boolean mayReturn) {
        List<Held> held = bySession.remove(session);
        if (held == null) {
            return;
        }
        for (TestamentScope scope : TestamentScope.values()) {
            for (Held one : held) {
                if (one.scope == scope) {
                    publish(one.testament, publicationOf(one.testament, mayReturn));
                }
            }
        }
    }

    private long publicationOf(Testament testament, boolean mayReturn) {
        long drawn = testament.publication();
        Integer before = mayReturn ? published.merge(drawn, 1, Integer::sum) : published.remove(drawn);
        int earlier = before == null ? 0 : mayReturn ? before - 1 : before;
        return earlier == 0 ? drawn : PublicationIds.of(AGAIN, realm, drawn, earlier);
    }

    private void publish(Testament testament, long publication) {
        EventDetails details = new EventDetails(testament.publisher(), null, testament.retain(), -1, testament.ppt());
        Publication event = new Publication(publication, details, testament.receivers(), testament.payload());
        publisher.publish(testament.topic(), () -> event);
        publisher.record(testament.topic(), event);
        if (testament.retain()) {
            publisher.retain(testament.topic(), event);
        }
    }
}
