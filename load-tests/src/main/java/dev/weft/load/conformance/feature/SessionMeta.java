package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.dict;
import static dev.weft.load.conformance.feature.Expect.list;
import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;
import static dev.weft.load.conformance.feature.Expect.that;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What clients may learn of sessions, and do to them. */
final class SessionMeta implements Feature {
    @Override
    public String name() {
        return "session meta API";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("broker", "session_meta_api");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("count and list speak of all sessions", SessionMeta::listed),
                new Check("get tells of one session, and of none that is not there", SessionMeta::got),
                new Check("on_join and on_leave tell of each session once", SessionMeta::events),
                new Check("kill ends a session", SessionMeta::killed));
    }

    private static void listed(Stage stage) throws Unmet {
        Client client = stage.asking();
        Client other = stage.asked();
        awaitKnown(client, other);
        List<?> all = list(only(client.result("wamp.session.list").args()));
        that(all.contains(client.session()), "the caller's own session", all);
        Object count = only(client.result("wamp.session.count").args());
        that(count instanceof Long number && number >= 2, "a number of at least 2", count);
    }

    /** A session is known on its own node first, and within moments on the others. */
    private static void awaitKnown(Client client, Client other) throws Unmet {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Client.PATIENCE_MILLIS);
        while (!list(only(client.result("wamp.session.list").args())).contains(other.session())) {
            that(System.nanoTime() < deadline, "session " + other.session() + " listed", "it never is");
        }
    }

    private static void got(Stage stage) throws Unmet {
        Client client = stage.asking();
        Client other = stage.asked();
        awaitKnown(client, other);
        Map<String, Object> details =
                dict(only(client.result("wamp.session.get", other.session()).args()));
        same(other.session(), details.get("session"), "session");
        client.call("wamp.session.get", Map.of(), 4711L);
        client.takeError(Code.CALL, "wamp.error.no_such_session");
    }

    private static void events(Stage stage) throws Unmet {
        Client watcher = stage.asking();
        long joins = watcher.subscribe("wamp.session.on_join");
        long leaves = watcher.subscribe("wamp.session.on_leave");
        Client watched = stage.asked();
        long session = watched.session();
        Message join = watcher.take(Code.EVENT);
        while (join.number(1) != joins
                || !Long.valueOf(session).equals(dict(only(join.args())).get("session"))) {
            join = watcher.take(Code.EVENT);
        }
        watched.leave();
        Message leave = watcher.take(Code.EVENT);
        while (leave.number(1) != leaves
                || !Long.valueOf(session).equals(leave.args().get(0))) {
            leave = watcher.take(Code.EVENT);
        }
    }

    private static void killed(Stage stage) throws Unmet {
        Client client = stage.asking();
        Client other = stage.asked();
        awaitKnown(client, other);
        client.result("wamp.session.kill", other.session());
        Message goodbye = other.receive();
        that(goodbye.is(Code.GOODBYE) || goodbye.is(Code.ABORT), "GOODBYE", goodbye);
    }
}
