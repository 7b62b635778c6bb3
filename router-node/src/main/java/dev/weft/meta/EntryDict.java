package dev.weft.meta;

import dev.weft.broker.Subscription;
import dev.weft.dealer.Registration;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Subscriptions and registrations as the meta API describes them, in {@code on_create} and in results. */
final class EntryDict {
    private EntryDict() {}

    /** @param created milliseconds since 1970 */
    static Map<String, Object> of(Subscription subscription, long created) {
        return of(subscription.id(), created, subscription.topic(), subscription.match());
    }

    /** @param created milliseconds since 1970 */
    static Map<String, Object> of(Registration registration, InvocationPolicy invoke, long created) {
        Map<String, Object> dict = of(registration.id(), created, registration.procedure(), registration.match());
        dict.put("invoke", invoke.text());
        return dict;
    }

    private static Map<String, Object> of(long id, long created, String uri, MatchPolicy match) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("id", id);
        dict.put("created", Instant.ofEpochMilli(created).toString());
        dict.put("uri", uri);
        dict.put("match", match.text());
        return dict;
    }

    /** An empty list of ids for each match policy. */
    static Map<MatchPolicy, List<Long>> lists() {
        Map<MatchPolicy, List<Long>> lists = new TreeMap<>();
        for (MatchPolicy match : MatchPolicy.values()) {
            lists.put(match, new ArrayList<>());
        }
        return lists;
    }

    static Map<String, Object> byText(Map<MatchPolicy, List<Long>> lists) {
        Map<String, Object> dict = new LinkedHashMap<>();
        lists.forEach((match, ids) -> dict.put(match.text(), ids));
        return dict;
    }
}
