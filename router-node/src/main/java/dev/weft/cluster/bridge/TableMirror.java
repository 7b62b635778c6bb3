package dev.weft.cluster.bridge;

import dev.weft.cluster.table.Mirror;
import dev.weft.dealer.CalleeEntry;
import dev.weft.lane.Lane;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.InterestAdded;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import dev.weft.realm.RealmRegistry;
import dev.weft.realm.RealmTables;
import dev.weft.wamp.MatchPolicy;
import java.util.function.Consumer;

/** The mirror is the subscription and registration tables that broker and dealer route by. Thread-safe. */
public final class TableMirror implements Mirror {
    private final RealmRegistry realms;

    public TableMirror(RealmRegistry realms) {
        this.realms = realms;
    }

    @Override
    public void interestAdded(String realm, MatchPolicy match, String topic, long subscription, Lane lane) {
        realms.tables(realm).subscriptions().add(match, topic, subscription, lane);
    }

    @Override
    public void interestRemoved(String realm, MatchPolicy match, String topic, Lane lane) {
        realms.tables(realm).subscriptions().remove(match, topic, lane);
    }

    @Override
    public void calleeAdded(CalleeAdded callee, Lane lane) {
        CalleeEntry entry = new CalleeEntry(
                callee.session(), lane, callee.loop(), callee.registration(), callee.order(), callee.invoke());
        realms.tables(callee.realm()).registrations().add(callee.match(), callee.procedure(), entry);
    }

    @Override
    public void calleeRemoved(CalleeRemoved callee, Lane lane) {
        realms.tables(callee.realm())
                .registrations()
                .remove(callee.match(), callee.procedure(), callee.session(), lane);
    }

    @Override
    public void forEach(TableKind table, Lane lane, Consumer<TableChange> action) {
        realms.forEach((realm, tables) -> {
            switch (table) {
                case INTEREST -> forEachInterest(realm, tables, lane, action);
                case CALLEES -> forEachCallee(realm, tables, lane, action);
                case SESSIONS -> {}
            }
        });
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
                        0,
                        callee.loop()));
            }
        });
    }

    @Override
    public void laneDown(Lane lane) {
        for (RealmTables tables : realms.all()) {
            tables.subscriptions().removeAll(lane);
            tables.registrations().removeAll(lane);
        }
    }
}
