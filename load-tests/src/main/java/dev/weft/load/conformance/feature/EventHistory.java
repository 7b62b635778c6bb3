package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.dict;
import static dev.weft.load.conformance.feature.Expect.list;
import static dev.weft.load.conformance.feature.Expect.same;
import static dev.weft.load.conformance.feature.Expect.that;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Unmet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Past events that clients ask for. The router has to be told to keep those of one topic. */
final class EventHistory implements Feature {
    static final String TOPIC = "com.example.conformance.history";

    @Override
    public String name() {
        return "event history";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("broker", "event_history");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("past events are told in their order to who comes later", EventHistory::inOrder),
                new Check("with reverse the newest comes first", EventHistory::reverse),
                new Check("limit says how many at most", EventHistory::limit));
    }

    private static List<Long> publish(Stage stage, Client publisher) throws Unmet {
        List<Long> publications = new ArrayList<>();
        for (long i = 1; i <= 3; i++) {
            publications.add(publisher.publish(TOPIC, Map.of(), stage.uri("mark"), i));
        }
        return publications;
    }

    private static List<Object> events(Client reader, long subscription, Map<String, Object> filters) throws Unmet {
        reader.send(
                Code.CALL,
                reader.nextRequest(),
                Map.of(),
                "wamp.subscription.get_events",
                List.of(subscription),
                filters);
        return reader.take(Code.RESULT).args();
    }

    /** Other checks have published to the topic, too. */
    private static List<Map<String, Object>> own(Stage stage, List<Object> events) throws Unmet {
        List<Map<String, Object>> own = new ArrayList<>();
        for (Object event : events) {
            if (list(dict(event).get("args")).contains(stage.uri("mark"))) {
                own.add(dict(event));
            }
        }
        return own;
    }

    private static List<Object> publications(List<Map<String, Object>> events) {
        return events.stream().map(event -> event.get("publication")).toList();
    }

    private static void inOrder(Stage stage) throws Unmet {
        List<Long> published = publish(stage, stage.asking());
        Client reader = stage.asked();
        long subscription = reader.subscribe(TOPIC);
        List<Map<String, Object>> events = own(stage, events(reader, subscription, Map.of()));
        same(published, publications(events), "publications");
        for (Map<String, Object> event : events) {
            same(subscription, event.get("subscription"), "subscription");
            that(event.get("timestamp") instanceof String, "a timestamp", event);
        }
        same(List.of(stage.uri("mark"), 3L), events.get(2).get("args"), "args of the last");
    }

    private static void reverse(Stage stage) throws Unmet {
        List<Long> published = publish(stage, stage.asking());
        Collections.reverse(published);
        Client reader = stage.asked();
        long subscription = reader.subscribe(TOPIC);
        List<Object> events = events(reader, subscription, Map.of("reverse", true));
        same(published, publications(own(stage, events)), "publications");
    }

    private static void limit(Stage stage) throws Unmet {
        publish(stage, stage.asking());
        Client reader = stage.asked();
        long subscription = reader.subscribe(TOPIC);
        same(2, events(reader, subscription, Map.of("limit", 2L)).size(), "number of events");
    }
}
