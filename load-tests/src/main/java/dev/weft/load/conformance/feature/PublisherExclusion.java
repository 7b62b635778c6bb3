package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Whether a publisher that is subscribed to its topic gets its own event. */
final class PublisherExclusion implements Feature {
    @Override
    public String name() {
        return "publisher exclusion";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("broker", "publisher_exclusion");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("exclude_me true: the others only", PublisherExclusion::excluded),
                new Check("exclude_me false: the publisher, too", PublisherExclusion::included));
    }

    private static void excluded(Stage stage) throws Unmet {
        Client publisher = stage.asking();
        Client other = stage.asked();
        long subscription = publisher.subscribe(stage.uri("topic"));
        other.subscribe(stage.uri("topic"));
        publisher.publish(stage.uri("topic"), Map.of("exclude_me", true), "own");
        same("own", only(other.event(subscription).args()), "event of the other");
        other.publish(stage.uri("topic"), Map.of(), "another's");
        same("another's", only(publisher.event(subscription).args()), "event of the publisher");
    }

    private static void included(Stage stage) throws Unmet {
        Client publisher = stage.asking();
        long subscription = publisher.subscribe(stage.uri("topic"));
        publisher.send(
                Code.PUBLISH, publisher.nextRequest(), Map.of("exclude_me", false), stage.uri("topic"), List.of("own"));
        same("own", only(publisher.event(subscription).args()), "event");
    }
}
