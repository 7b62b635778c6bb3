package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.dict;
import static dev.weft.load.conformance.feature.Expect.list;
import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;
import static dev.weft.load.conformance.feature.Expect.that;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Language;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What clients may learn of subscriptions. */
final class SubscriptionMeta implements Feature {
    @Override
    public String name() {
        return "subscription meta API";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("broker", "subscription_meta_api");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("list, lookup, match and get know a subscription", SubscriptionMeta::found),
                new Check("subscribers are counted and listed", SubscriptionMeta::subscribers),
                new Check("what is not there is refused, or null", SubscriptionMeta::unknown),
                new Check("create, subscribe, unsubscribe, delete are told in this order", SubscriptionMeta::events));
    }

    private static void found(Stage stage) throws Unmet {
        Client client = stage.asking();
        long id = stage.asked().subscribe(stage.uri("a.b"));
        Map<String, Object> all =
                dict(only(client.result("wamp.subscription.list").args()));
        that(list(all.get("exact")).contains(id), "the subscription listed", all);
        same(
                id,
                only(client.result("wamp.subscription.lookup", stage.uri("a.b")).args()),
                "lookup");
        List<?> matching = list(
                only(client.result("wamp.subscription.match", stage.uri("a.b")).args()));
        that(matching.contains(id), "the subscription matched", matching);
        Map<String, Object> details =
                dict(only(client.result("wamp.subscription.get", id).args()));
        same(stage.uri("a.b"), details.get("uri"), "uri");
        same("exact", details.get("match"), "match");
    }

    private static void subscribers(Stage stage) throws Unmet {
        Client client = stage.asking();
        Client first = stage.asked();
        Client second = stage.third();
        long id = first.subscribe(stage.uri("a.b"));
        second.subscribe(stage.uri("a.b"));
        same(2L, only(client.result("wamp.subscription.count_subscribers", id).args()), "count");
        List<?> all = list(
                only(client.result("wamp.subscription.list_subscribers", id).args()));
        that(all.size() == 2 && all.contains(first.session()) && all.contains(second.session()), "both", all);
    }

    private static void unknown(Stage stage) throws Unmet {
        Client client = stage.asking();
        client.call("wamp.subscription.get", Map.of(), 4711L);
        client.takeError(Code.CALL, "wamp.error.no_such_subscription");
        same(
                Language.NULL,
                only(client.result("wamp.subscription.lookup", stage.uri("none"))
                        .args()),
                "lookup of what is not there");
    }

    private static void events(Stage stage) throws Unmet {
        Client watcher = stage.asking();
        List<Long> topics = new ArrayList<>();
        for (String event : List.of("on_create", "on_subscribe", "on_unsubscribe", "on_delete")) {
            topics.add(watcher.subscribe("wamp.subscription." + event));
        }
        Client subscriber = stage.asked();
        long id = subscriber.subscribe(stage.uri("watched"));
        subscriber.unsubscribe(id);
        List<Long> seen = new ArrayList<>();
        while (seen.size() < topics.size()) {
            Message event = watcher.take(Code.EVENT);
            if (event.args().size() > 1 && speaksOf(event.args().get(1), id)) {
                seen.add(event.number(1));
            }
        }
        same(topics, seen, "events");
    }

    private static boolean speaksOf(Object value, long id) {
        return value.equals(id)
                || (value instanceof Map<?, ?> details && Long.valueOf(id).equals(details.get("id")));
    }
}
