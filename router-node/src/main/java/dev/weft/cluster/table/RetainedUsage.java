package dev.weft.cluster.table;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much each realm retains, as far as this node has heard. What nodes retain in the same moment may exceed the limits by
 * that much. Thread-safe.
 */
final class RetainedUsage {
    private static final class Realm {
        private final Map<String, Integer> topics = new HashMap<>();
        private long bytes;
    }

    private static final RetainLimits NOTHING = new RetainLimits(0, 0);

    private final Map<String, RetainLimits> limits;
    private final Map<String, Realm> realms = new HashMap<>();

    RetainedUsage(Map<String, RetainLimits> limits) {
        this.limits = Map.copyOf(limits);
    }

    /** @param bytes that are retained of the topic now; 0 if nothing is */
    synchronized void heard(TableKey topic, int bytes) {
        Realm realm = realms.computeIfAbsent(topic.realm(), none -> new Realm());
        Integer before = bytes == 0 ? realm.topics.remove(topic.uri()) : realm.topics.put(topic.uri(), bytes);
        realm.bytes += bytes - (before == null ? 0 : before);
    }

    /** Why no more can be retained of the topic; null if it can. */
    synchronized @Nullable String refusal(String realm, String topic, int bytes) {
        RetainLimits limit = limits.getOrDefault(realm, NOTHING);
        Realm used = realms.computeIfAbsent(realm, none -> new Realm());
        if (!used.topics.containsKey(topic) && used.topics.size() >= limit.topics()) {
            return "the realm retains events of " + limit.topics() + " topics already (retain.max-topics)";
        }
        long replaced = used.topics.getOrDefault(topic, 0);
        return used.bytes - replaced + bytes > limit.bytes()
                ? "the realm would retain more than " + limit.bytes() + " bytes (retain.max-bytes)"
                : null;
    }
}
