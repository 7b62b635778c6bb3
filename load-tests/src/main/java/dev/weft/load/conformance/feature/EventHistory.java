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
import java.util.Objects;

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
                new Check("limit says how many at most", EventHistory::limit),
                new Check("from, after, before and until a time", EventHistory::byTime),
                new Check("an event is there with its kwargs, whoever was subscribed", EventHistory::whole),
                new Check("from, after, before and until a publication", EventHistory::byPublication));
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

    /** Of three events the ones from the second, after it, before it and until it. */
    private static void filtered(
            Stage stage, Client reader, long subscription, String by, Object second, List<Long> all) throws Unmet {
        Map<String, List<Long>> wanted = Map.of(
                "from",
                all.subList(1, 3),
                "after",
                all.subList(2, 3),
                "before",
                all.subList(0, 1),
                "until",
                all.subList(0, 2));
        for (Map.Entry<String, List<Long>> one : wanted.entrySet()) {
            String filter = one.getKey() + "_" + by;
            List<Object> events = events(reader, subscription, Map.of(filter, second));
            same(one.getValue(), publications(own(stage, events)), filter);
        }
    }

    private static void byPublication(Stage stage) throws Unmet {
        List<Long> published = publish(stage, stage.asking());
        Client reader = stage.asked();
        filtered(stage, reader, reader.subscribe(TOPIC), "publication", published.get(1), published);
    }

    /** The time of the second event as the router tells it. Each is published when the clock has moved on. */
    private static void byTime(Stage stage) throws Unmet {
        Client publisher = stage.asking();
        Client reader = stage.asked();
        long subscription = reader.subscribe(TOPIC);
        List<Long> published = new ArrayList<>();
        Object second = "";
        for (long i = 1; i <= 3; i++) {
            tick();
            published.add(publisher.publish(TOPIC, Map.of(), stage.uri("mark"), i));
            reader.event(subscription);
            List<Map<String, Object>> events = own(stage, events(reader, subscription, Map.of()));
            same((int) i, events.size(), "number of events");
            second = i == 2 ? Objects.requireNonNullElse(events.get(1).get("timestamp"), "") : second;
        }
        tick();
        filtered(stage, reader, subscription, "time", second, published);
    }

    private static void tick() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() <= now + 1) {
            Thread.onSpinWait();
        }
    }

    private static void whole(Stage stage) throws Unmet {
        Client publisher = stage.asking();
        publisher.send(
                Code.PUBLISH,
                publisher.nextRequest(),
                Map.of("acknowledge", true),
                TOPIC,
                List.of(stage.uri("mark")),
                Map.of("key", List.of(1L, "two")));
        long publication = publisher.take(Code.PUBLISHED).number(2);
        Client reader = stage.asked();
        List<Map<String, Object>> events = own(stage, events(reader, reader.subscribe(TOPIC), Map.of()));
        same(List.of(publication), publications(events), "publications");
        same(Map.of("key", List.of(1L, "two")), events.get(0).get("kwargs"), "kwargs");
    }
}
