package dev.weft.cluster.bridge;

import dev.weft.broker.Subscription;
import dev.weft.cluster.table.Mirror;
import dev.weft.cluster.table.TableKey;
import dev.weft.dealer.CalleeEntry;
import dev.weft.lane.Lane;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.NodeId;
import dev.weft.realm.RealmRegistry;
import dev.weft.realm.RealmTables;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The mirror is the subscription and registration tables that broker and dealer route by. Thread-safe. */
public final class TableMirror implements Mirror {
    private final RealmRegistry realms;
    private volatile Consumer<TableKey> contested = key -> {};

    public TableMirror(RealmRegistry realms) {
        this.realms = realms;
    }

    @Override
    public void interestAdded(String realm, MatchPolicy match, String topic, long subscription, Lane lane) {
        if (realms.tables(realm).subscriptions().add(match, topic, subscription, lane)) {
            contested.accept(new TableKey(realm, match, topic));
        }
    }

    @Override
    public void interestRemoved(String realm, MatchPolicy match, String topic, Lane lane) {
        realms.tables(realm).subscriptions().remove(match, topic, lane);
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
                callee.invoke());
        if (realms.tables(callee.realm()).registrations().add(callee.match(), callee.procedure(), entry)) {
            contested.accept(new TableKey(callee.realm(), callee.match(), callee.procedure()));
        }
    }

    @Override
    public void calleeRemoved(CalleeRemoved callee, Lane lane) {
        realms.tables(callee.realm())
                .registrations()
                .remove(callee.match(), callee.procedure(), callee.session(), lane);
    }

    @Override
    public void laneDown(Lane lane) {
        for (RealmTables tables : realms.all()) {
            tables.subscriptions().removeAll(lane);
            tables.registrations().removeAll(lane);
        }
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
    public long subscriptionOf(TableKey topic) {
        Subscription subscription = realms.tables(topic.realm()).subscriptions().find(topic.match(), topic.uri());
        return subscription == null ? 0 : subscription.id();
    }

    @Override
    public void whenContested(Consumer<TableKey> told) {
        contested = told;
    }
}
