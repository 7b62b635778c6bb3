package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;
import static dev.weft.load.conformance.feature.Expect.that;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prefix and wildcard subscriptions. */
final class PatternSubscription implements Feature {
    @Override
    public String name() {
        return "pattern-based subscription";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("broker", "pattern_based_subscription");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("a prefix matches what begins with it", PatternSubscription::prefix),
                new Check("a wildcard matches one component", PatternSubscription::wildcard),
                new Check("each matching subscription gets the event", PatternSubscription::each));
    }

    private static void prefix(Stage stage) throws Unmet {
        Client subscriber = stage.asked();
        Client publisher = stage.asking();
        long subscription = subscriber.subscribe(stage.uri("a"), Map.of("match", "prefix"));
        publisher.publish(stage.uri("b.c"), Map.of(), 1);
        publisher.publish(stage.uri("a.c"), Map.of(), 2);
        Message event = subscriber.event(subscription);
        same(2L, only(event.args()), "event");
        same(stage.uri("a.c"), event.dict(3).get("topic"), "Details.topic");
    }

    private static void wildcard(Stage stage) throws Unmet {
        Client subscriber = stage.asked();
        Client publisher = stage.asking();
        long subscription = subscriber.subscribe(stage.uri("a..c"), Map.of("match", "wildcard"));
        publisher.publish(stage.uri("a.b.d"), Map.of(), 1);
        publisher.publish(stage.uri("a.b.c.d"), Map.of(), 2);
        publisher.publish(stage.uri("a.b.c"), Map.of(), 3);
        Message event = subscriber.event(subscription);
        same(3L, only(event.args()), "event");
        same(stage.uri("a.b.c"), event.dict(3).get("topic"), "Details.topic");
    }

    private static void each(Stage stage) throws Unmet {
        Client subscriber = stage.asked();
        List<Long> subscriptions = new ArrayList<>();
        subscriptions.add(subscriber.subscribe(stage.uri("a.b")));
        subscriptions.add(subscriber.subscribe(stage.uri("a"), Map.of("match", "prefix")));
        subscriptions.add(subscriber.subscribe(stage.uri(".b"), Map.of("match", "wildcard")));
        long publication = stage.asking().publish(stage.uri("a.b"), Map.of(), 1);
        for (int i = 0; i < 3; i++) {
            Message event = subscriber.take(Code.EVENT);
            same(publication, event.number(2), "publication");
            that(subscriptions.remove(event.number(1)), "an event for each subscription", event);
        }
    }
}
