package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Events that are kept for who comes later. */
final class EventRetention implements Feature {
    @Override
    public String name() {
        return "event retention";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("broker", "event_retention");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("who asks gets the last retained event", EventRetention::retained),
                new Check("who does not ask gets none", EventRetention::notAsked));
    }

    private static void retained(Stage stage) throws Unmet {
        Client publisher = stage.asking();
        publisher.publish(stage.uri("topic"), Map.of("retain", true), "older");
        publisher.publish(stage.uri("topic"), Map.of("retain", true), "newer");
        Client subscriber = stage.asked();
        long subscription = subscriber.subscribe(stage.uri("topic"), Map.of("get_retained", true));
        Message event = subscriber.event(subscription);
        same("newer", only(event.args()), "event");
        same(true, event.dict(3).get("retained"), "Details.retained");
    }

    private static void notAsked(Stage stage) throws Unmet {
        Client publisher = stage.asking();
        publisher.publish(stage.uri("topic"), Map.of("retain", true), "kept");
        Client subscriber = stage.asked();
        long subscription = subscriber.subscribe(stage.uri("topic"));
        publisher.publish(stage.uri("topic"), Map.of(), "live");
        same("live", only(subscriber.event(subscription).args()), "event");
    }
}
