package dev.weft.cluster.bridge;

import dev.weft.broker.Subscription;
import dev.weft.cluster.table.Mirror;
import dev.weft.cluster.table.TableKey;
import dev.weft.dealer.CalleeEntry;
import dev.weft.dealer.RegistrationTable;
import dev.weft.lane.Lane;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.InterestAdded;
import dev.weft.link.NodeId;
import dev.weft.link.SessionJoined;
import dev.weft.link.SessionLeft;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import dev.weft.link.TestamentAdded;
import dev.weft.link.TestamentsFlushed;
import dev.weft.meta.SessionEntry;
import dev.weft.realm.RealmRegistry;
import dev.weft.realm.RealmTables;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The mirror is the subscription and registration tables that broker and dealer route by. Thread-safe. */
public final class TableMirror implements Mirror {
    private final RealmRegistry realms;
    private volatile Consumer<TableKey> contested = key -> {};

    public TableMirror(RealmRegistry realms) {
        this.realms = realms;
    }

    @Override
    public void interestAdded(String realm, MatchPolicy match, String topic, long subscription, Lane lane) {
        if (realms.adding(realm, tables -> tables.subscriptions().add(match, topic, subscription, lane))) {
            contested.accept(new TableKey(realm, match, topic));
        }
    }

    @Override
    public void interestRemoved(String realm, MatchPolicy match, String topic, Lane lane) {
        if (realms.tables(realm).subscriptions().remove(match, topic, lane)) {
            contested.accept(new TableKey(realm, match, topic));
        }
    }

    @Override
    public void calleeAdded(CalleeAdded callee, NodeId node, Lane lane) {
        CalleeEntry entry = new CalleeEntry(
                callee.session(),
                node,
                lane,
                callee.loop(),
                callee.registration(),
                callee.order(),
                callee.term(),
                callee.invoke(),
                callee.traits());
        if (realms.adding(
                callee.realm(), tables -> tables.registrations().add(callee.match(), callee.procedure(), entry))) {
            contested.accept(new TableKey(callee.realm(), callee.match(), callee.procedure()));
        }
    }

    @Override
    public void calleeRemoved(CalleeRemoved callee, Lane lane) {
        RegistrationTable registrations = realms.tables(callee.realm()).registrations();
        if (registrations.remove(callee.match(), callee.procedure(), callee.session(), lane)) {
            contested.accept(new TableKey(callee.realm(), callee.match(), callee.procedure()));
        }
    }

    @Override
    public void sessionJoined(SessionJoined session, Lane lane) {
        realms.adding(session.realm(), tables -> {
            tables.sessions().join(session, lane);
            return tables;
        });
    }

    @Override
    public void sessionLeft(SessionLeft session, Lane lane) {
        realms.tables(session.realm()).sessions().leave(session, lane);
    }

    @Override
    public void testamentAdded(TestamentAdded testament, Lane lane) {
        realms.tables(testament.realm()).sessions().addTestament(testament, lane);
    }

    @Override
    public void testamentsFlushed(TestamentsFlushed testaments, Lane lane) {
        realms.tables(testaments.realm()).sessions().flushTestaments(testaments, lane);
    }

    @Override
    public void forEach(TableKind table, Lane lane, Consumer<TableChange> action) {
        realms.forEach((realm, tables) -> {
            switch (table) {
                case INTEREST -> forEachInterest(realm, tables, lane, action);
                case CALLEES -> forEachCallee(realm, tables, lane, action);
                case SESSIONS -> forEachSession(realm, tables, lane, action);
            }
        });
    }

    private static void forEachSession(String realm, RealmTables tables, Lane lane, Consumer<TableChange> action) {
        for (SessionEntry session : tables.sessions().all()) {
            if (session.lane() == lane) {
                action.accept(new SessionJoined(realm, session.details(), session.loop()));
            }
        }
    }

    private static void forEachInterest(String realm, RealmTables tables, Lane lane, Consumer<TableChange> action) {
        tables.subscriptions().forEach((match, topic, subscription, holder) -> {
            if (holder == lane) {
                action.accept(new InterestAdded(realm, match, topic, subscription));
            }
        });
    }

    private static void forEachCallee(String realm, RealmTables tables, Lane lane, Consumer<TableChange> action) {
        tables.registrations().forEach((match, procedure, callee) -> {
            if (callee.lane() == lane) {
                action.accept(new CalleeAdded(
                        realm,
                        match,
                        procedure,
                        callee.invoke(),
                        callee.registration(),
                        callee.order(),
                        callee.session(),
                        callee.term(),
                        callee.loop(),
                        callee.traits()));
            }
        });
    }

    /** Sessions last: who is told that one left finds nothing of it any more. */
    @Override
    public void laneDown(Lane lane) {
        realms.forEach((realm, tables) -> {
            BiConsumer<MatchPolicy, String> left = (match, uri) -> contested.accept(new TableKey(realm, match, uri));
            tables.subscriptions().removeAll(lane, left);
            tables.registrations().removeAll(lane, left);
            tables.subscriptions().watch().laneDown(lane);
            tables.sessions().removeAll(lane);
        });
    }

    @Override
    public List<SeenCallee> calleesOf(TableKey procedure) {
        List<SeenCallee> seen = new ArrayList<>();
        realms.tables(procedure.realm())
                .registrations()
                .known(procedure.match(), procedure.uri())
                .forEach((callee, called) ->
                        seen.add(new SeenCallee(callee.node(), callee.session(), callee.invoke(), called)));
        return seen;
    }

    @Override
    public @Nullable InvocationPolicy excluding(
            TableKey procedure, InvocationPolicy invoke, NodeId node, long session) {
        CalleeEntry found = realms.tables(procedure.realm())
                .registrations()
                .find(
                        procedure.match(),
                        procedure.uri(),
                        callee -> (callee.invoke() != invoke || invoke == InvocationPolicy.SINGLE)
                                && !(callee.session() == session
                                        && callee.node().equals(node)));
        return found == null ? null : found.invoke();
    }

    @Override
    public long subscriptionOf(TableKey topic) {
        Subscription subscription = realms.tables(topic.realm()).subscriptions().find(topic.match(), topic.uri());
        return subscription == null ? 0 : subscription.id();
    }

    @Override
    public void whenContested(Consumer<TableKey> told) {
        contested = told;
    }
}
