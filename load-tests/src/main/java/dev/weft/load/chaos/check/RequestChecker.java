package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every request other than a call is answered exactly once, unless the session ends before: in the time that it may take to give
 * up a silent node, or Hazelcast a dead one.
 */
final class RequestChecker implements Checker {
    @Override
    public String name() {
        return "requests are answered";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        Map<RequestKey, Entry.OfRequest> waiting = new LinkedHashMap<>();
        Set<RequestKey> answered = new HashSet<>();
        Set<RequestKey> unacknowledged = new HashSet<>();
        for (Entry entry : evidence.entries()) {
            if (!(entry instanceof Entry.OfRequest told)) {
                continue;
            }
            RequestKey key = RequestKey.of(told);
            if (isRequest(entry)) {
                waiting.put(key, told);
            } else if (entry instanceof Entry.PublishSent) {
                unacknowledged.add(key);
            } else if (isAnswer(entry)) {
                Entry.OfRequest request = waiting.remove(key);
                if (request != null) {
                    answered.add(key);
                    checkTime(evidence, request, entry.at(), violations);
                } else if (!(unacknowledged.contains(key) && entry instanceof Entry.Refused)) {
                    violations.accept(entry + (answered.contains(key) ? " answers a second time" : " answers nothing"));
                }
            }
        }
        waiting.values()
                .forEach(request -> checkTime(
                        evidence, request, evidence.life(request.session()).closed(), violations));
    }

    private static void checkTime(Evidence evidence, Entry.OfRequest request, long over, Consumer<String> violations) {
        Bounds bounds = evidence.bounds();
        int node = evidence.life(request.session()).node();
        long due = request.at() + bounds.recovery();
        boolean disturbed = evidence.disturbances().spans().stream().anyMatch(span -> span.touches(request.at(), due));
        long limit = evidence.limit(node, request.at(), disturbed ? due + bounds.silence() : due);
        if (over > limit && limit <= evidence.end()) {
            String how = over == Life.NEVER ? " is not answered" : " is answered late";
            violations.accept(request + " at " + evidence.when(request.at()) + how + ": "
                    + (Math.min(over, evidence.end()) - request.at()) / 1_000_000 + " ms");
        }
    }

    private static boolean isRequest(Entry entry) {
        return entry instanceof Entry.SubscribeSent
                || entry instanceof Entry.UnsubscribeSent
                || entry instanceof Entry.RegisterSent
                || entry instanceof Entry.UnregisterSent
                || (entry instanceof Entry.PublishSent publish && publish.acknowledge());
    }

    private static boolean isAnswer(Entry entry) {
        return entry instanceof Entry.Subscribed
                || entry instanceof Entry.Unsubscribed
                || entry instanceof Entry.Registered
                || entry instanceof Entry.Unregistered
                || entry instanceof Entry.Published
                || entry instanceof Entry.Refused;
    }
}
