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

/** What clients may learn of registrations. */
final class RegistrationMeta implements Feature {
    @Override
    public String name() {
        return "registration meta API";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("dealer", "registration_meta_api");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("list, lookup, match and get know a registration", RegistrationMeta::found),
                new Check("callees are counted and listed", RegistrationMeta::callees),
                new Check("what is not there is refused, or null", RegistrationMeta::unknown),
                new Check("create, register, unregister, delete are told in this order", RegistrationMeta::events));
    }

    private static void found(Stage stage) throws Unmet {
        Client client = stage.asking();
        long id = stage.asked().register(stage.uri("a.b"));
        Map<String, Object> all =
                dict(only(client.result("wamp.registration.list").args()));
        that(list(all.get("exact")).contains(id), "the registration listed", all);
        same(
                id,
                only(client.result("wamp.registration.lookup", stage.uri("a.b")).args()),
                "lookup");
        same(id, only(client.result("wamp.registration.match", stage.uri("a.b")).args()), "match");
        Map<String, Object> details =
                dict(only(client.result("wamp.registration.get", id).args()));
        same(stage.uri("a.b"), details.get("uri"), "uri");
        same("exact", details.get("match"), "match");
    }

    private static void callees(Stage stage) throws Unmet {
        Client client = stage.asking();
        Client first = stage.asked();
        Client second = stage.third();
        long id = first.register(stage.uri("a.b"), Map.of("invoke", "roundrobin"));
        second.register(stage.uri("a.b"), Map.of("invoke", "roundrobin"));
        same(2L, only(client.result("wamp.registration.count_callees", id).args()), "count");
        List<?> all =
                list(only(client.result("wamp.registration.list_callees", id).args()));
        that(all.size() == 2 && all.contains(first.session()) && all.contains(second.session()), "both", all);
    }

    private static void unknown(Stage stage) throws Unmet {
        Client client = stage.asking();
        client.call("wamp.registration.get", Map.of(), 4711L);
        client.takeError(Code.CALL, "wamp.error.no_such_registration");
        same(
                Language.NULL,
                only(client.result("wamp.registration.lookup", stage.uri("none"))
                        .args()),
                "lookup of what is not there");
    }

    private static void events(Stage stage) throws Unmet {
        Client watcher = stage.asking();
        List<Long> topics = new ArrayList<>();
        for (String event : List.of("on_create", "on_register", "on_unregister", "on_delete")) {
            topics.add(watcher.subscribe("wamp.registration." + event));
        }
        Client callee = stage.asked();
        long id = callee.register(stage.uri("watched"));
        callee.send(Code.UNREGISTER, callee.nextRequest(), id);
        callee.take(Code.UNREGISTERED);
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
