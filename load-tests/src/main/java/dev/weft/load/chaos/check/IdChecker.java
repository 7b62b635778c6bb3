package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** No two sessions have the same id, and no two publications; and a publication has one id, whoever is told. */
final class IdChecker implements Checker {
    @Override
    public String name() {
        return "ids";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        Map<Long, Integer> sessions = new HashMap<>();
        Publications publications = new Publications(violations);
        for (Entry entry : evidence.entries()) {
            if (entry instanceof Entry.Opened opened) {
                Integer other = sessions.put(opened.id(), opened.session());
                if (other != null) {
                    violations.accept(
                            "sessions " + other + " and " + opened.session() + " have the same id " + opened.id());
                }
            } else if (entry instanceof Entry.PublishSent sent) {
                publications.sent.put(RequestKey.of(sent), sent.number());
            } else if (entry instanceof Entry.Published published) {
                Long number = publications.sent.get(RequestKey.of(published));
                if (number != null) {
                    publications.named(new Key(published.session(), number), published.publication());
                }
            } else if (entry instanceof Entry.EventReceived event) {
                publications.named(new Key(event.publisher(), event.number()), event.publication());
            }
        }
    }

    private record Key(int session, long number) {}

    private static final class Publications {
        /** The number of the publication of each request. */
        private final Map<RequestKey, Long> sent = new HashMap<>();

        private final Map<Key, Long> ids = new HashMap<>();
        private final Map<Long, Key> owners = new HashMap<>();
        private final Consumer<String> violations;

        Publications(Consumer<String> violations) {
            this.violations = violations;
        }

        void named(Key publication, long id) {
            Long other = ids.putIfAbsent(publication, id);
            if (other != null && other != id) {
                violations.accept(publication + " has two ids, " + other + " and " + id);
            }
            Key owner = owners.putIfAbsent(id, publication);
            if (owner != null && !owner.equals(publication)) {
                violations.accept(publication + " and " + owner + " have the same id " + id);
            }
        }
    }
}
