package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;
import static dev.weft.load.conformance.feature.Expect.that;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Who of the subscribers gets an event: the six lists. */
final class Exclusion implements Feature {
    @Override
    public String name() {
        return "subscriber black- and whitelisting";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("broker", "subscriber_blackwhite_listing");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("exclude: by session", stage -> kept(stage, "exclude", true)),
                new Check("eligible: by session", stage -> kept(stage, "eligible", false)),
                new Check("exclude_authrole: all of the role", stage -> byRole(stage, "exclude_authrole", false)),
                new Check("eligible_authrole: all of the role", stage -> byRole(stage, "eligible_authrole", true)),
                new Check("exclude_authid: by authid", stage -> byAuthid(stage, "exclude_authid", true)),
                new Check("eligible_authid: by authid", stage -> byAuthid(stage, "eligible_authid", false)));
    }

    /** The list names one of two subscribers; only the other one, or only that one, gets the event. */
    private static void kept(Stage stage, String option, boolean namedMisses) throws Unmet {
        Client named = stage.asked();
        Client other = stage.third();
        lists(stage, named, other, option, named.session(), namedMisses);
    }

    private static void byAuthid(Stage stage, String option, boolean namedMisses) throws Unmet {
        Client named = stage.asked();
        Client other = stage.third();
        Object authid = named.details().getOrDefault("authid", "");
        that(authid instanceof String text && !text.isEmpty(), "an authid in WELCOME", authid);
        that(!authid.equals(other.details().get("authid")), "an authid of its own for each session", authid);
        lists(stage, named, other, option, authid, namedMisses);
    }

    private static void lists(Stage stage, Client named, Client other, String option, Object value, boolean namedMisses)
            throws Unmet {
        Client publisher = stage.asking();
        long subscription = named.subscribe(stage.uri("topic"));
        other.subscribe(stage.uri("topic"));
        publisher.publish(stage.uri("topic"), Map.of(option, List.of(value)), "for one");
        publisher.publish(stage.uri("topic"), Map.of(), "for all");
        same(namedMisses ? "for all" : "for one", only(named.event(subscription).args()), "event at the named");
        same(namedMisses ? "for one" : "for all", only(other.event(subscription).args()), "event at the other");
    }

    private static void byRole(Stage stage, String option, boolean delivered) throws Unmet {
        Client subscriber = stage.asked();
        Client publisher = stage.asking();
        Object role = subscriber.details().get("authrole");
        that(role instanceof String, "an authrole in WELCOME", role);
        long subscription = subscriber.subscribe(stage.uri("topic"));
        publisher.publish(stage.uri("topic"), Map.of(option, List.of(role)), "for some");
        publisher.publish(stage.uri("topic"), Map.of(), "for all");
        same(
                delivered ? "for some" : "for all",
                only(subscriber.event(subscription).args()),
                "event");
    }
}
