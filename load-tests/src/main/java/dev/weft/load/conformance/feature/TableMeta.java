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

/** What clients may learn of subscriptions or of registrations: the same questions, under other names. */
abstract class TableMeta implements Feature {
    private final String kind;
    private final String holders;

    /**
     * @param kind {@code subscription} or {@code registration}
     * @param holders what its procedures call those who hold one
     */
    TableMeta(String kind, String holders) {
        this.kind = kind;
        this.holders = holders;
    }

    /** Takes one that several may hold; returns its id. */
    abstract long take(Client client, String uri) throws Unmet;

    abstract void giveBack(Client client, long id) throws Unmet;

    /** The last parts of its topics, in the order of a life. */
    abstract List<String> topics();

    /** What {@code match} has to answer where only this one matches. */
    abstract void matches(long id, Object answer) throws Unmet;

    @Override
    public String name() {
        return kind + " meta API";
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("list, lookup, match and get know a " + kind, this::found),
                new Check(holders + " are counted and listed", this::held),
                new Check("what is not there is refused, or null", this::unknown),
                new Check(String.join(", ", topics()) + " are told in this order", this::events));
    }

    private Object ask(Client client, String procedure, Object argument) throws Unmet {
        return only(client.result(uri(procedure), argument).args());
    }

    private String uri(String last) {
        return "wamp." + kind + "." + last;
    }

    private void found(Stage stage) throws Unmet {
        Client client = stage.asking();
        long id = take(stage.asked(), stage.uri("a.b"));
        Map<String, Object> all = dict(only(client.result(uri("list")).args()));
        that(list(all.get("exact")).contains(id), "the " + kind + " listed", all);
        same(id, ask(client, "lookup", stage.uri("a.b")), "lookup");
        matches(id, ask(client, "match", stage.uri("a.b")));
        Map<String, Object> details = dict(ask(client, "get", id));
        same(stage.uri("a.b"), details.get("uri"), "uri");
        same("exact", details.get("match"), "match");
    }

    private void held(Stage stage) throws Unmet {
        Client client = stage.asking();
        Client first = stage.asked();
        Client second = stage.third();
        long id = take(first, stage.uri("a.b"));
        take(second, stage.uri("a.b"));
        same(2L, ask(client, "count_" + holders, id), "count");
        List<?> all = list(ask(client, "list_" + holders, id));
        that(all.size() == 2 && all.contains(first.session()) && all.contains(second.session()), "both", all);
    }

    private void unknown(Stage stage) throws Unmet {
        Client client = stage.asking();
        client.call(uri("get"), Map.of(), 4711L);
        client.takeError(Code.CALL, "wamp.error.no_such_" + kind);
        same(Language.NULL, ask(client, "lookup", stage.uri("none")), "lookup of what is not there");
    }

    private void events(Stage stage) throws Unmet {
        Client watcher = stage.asking();
        List<Long> watched = new ArrayList<>();
        for (String topic : topics()) {
            watched.add(watcher.subscribe(uri(topic)));
        }
        Client holder = stage.asked();
        long id = take(holder, stage.uri("watched"));
        giveBack(holder, id);
        List<Long> seen = new ArrayList<>();
        while (seen.size() < watched.size()) {
            Message event = watcher.take(Code.EVENT);
            if (event.args().size() > 1 && speaksOf(event.args().get(1), id)) {
                seen.add(event.number(1));
            }
        }
        same(watched, seen, "events");
    }

    private static boolean speaksOf(Object value, long id) {
        return value.equals(id)
                || (value instanceof Map<?, ?> details && Long.valueOf(id).equals(details.get("id")));
    }
}
