package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.that;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Calls or publications that carry how far who sends them is trusted. The router has to be told levels. */
final class TrustLevels implements Feature {
    private final String name;
    private final Announcement announcement;
    private final Check check;

    private TrustLevels(String name, Announcement announcement, Check check) {
        this.name = name;
        this.announcement = announcement;
        this.check = check;
    }

    static TrustLevels ofCalls() {
        return new TrustLevels(
                "call trust levels",
                new Announcement("dealer", "call_trustlevels"),
                new Check("the callee is told a level", TrustLevels::call));
    }

    static TrustLevels ofPublications() {
        return new TrustLevels(
                "publication trust levels",
                new Announcement("broker", "publication_trustlevels"),
                new Check("the subscriber is told a level", TrustLevels::publication));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Announcement announcement() {
        return announcement;
    }

    @Override
    public List<Check> checks() {
        return List.of(check);
    }

    private static void call(Stage stage) throws Unmet {
        Client callee = stage.asked();
        callee.register(stage.uri("trusted"));
        stage.asking().call(stage.uri("trusted"), Map.of());
        isLevel(callee.take(Code.INVOCATION).dict(3));
    }

    private static void publication(Stage stage) throws Unmet {
        Client subscriber = stage.asked();
        long subscription = subscriber.subscribe(stage.uri("trusted"));
        stage.asking().publish(stage.uri("trusted"), Map.of());
        isLevel(subscriber.event(subscription).dict(3));
    }

    private static void isLevel(Map<String, Object> details) throws Unmet {
        that(details.get("trustlevel") instanceof Long level && level >= 0, "Details.trustlevel from 0", details);
    }
}
