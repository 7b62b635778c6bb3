package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.same;
import static dev.weft.load.conformance.feature.Expect.that;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Subscribers that learn who publishes. */
final class PublisherIdentification implements Feature {
    @Override
    public String name() {
        return "publisher identification";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("broker", "publisher_identification");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("disclose_me tells the publisher's session", PublisherIdentification::disclosed),
                new Check("without it nothing is told", PublisherIdentification::undisclosed));
    }

    private static void disclosed(Stage stage) throws Unmet {
        Client subscriber = stage.asked();
        Client publisher = stage.asking();
        long subscription = subscriber.subscribe(stage.uri("topic"));
        publisher.publish(stage.uri("topic"), Map.of("disclose_me", true));
        same(publisher.session(), subscriber.event(subscription).dict(3).get("publisher"), "Details.publisher");
    }

    private static void undisclosed(Stage stage) throws Unmet {
        Client subscriber = stage.asked();
        Client publisher = stage.asking();
        long subscription = subscriber.subscribe(stage.uri("topic"));
        publisher.publish(stage.uri("topic"), Map.of());
        Map<String, Object> details = subscriber.event(subscription).dict(3);
        that(!details.containsKey("publisher"), "no Details.publisher", details);
    }
}
