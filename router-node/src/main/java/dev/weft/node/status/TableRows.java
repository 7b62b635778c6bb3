package dev.weft.node.status;

import dev.weft.cluster.link.PeerLink;
import dev.weft.lane.Lane;
import dev.weft.link.NodeId;
import dev.weft.realm.RealmRegistry;
import dev.weft.realm.RealmTables;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What the tables hold, of the whole cluster as this node knows it. Goes through all of them: not on an event loop. */
public final class TableRows {
    private final NodeId self;
    private final RealmRegistry realms;

    public TableRows(NodeId self, RealmRegistry realms) {
        this.self = self;
        this.realms = realms;
    }

    void subscriptions(Consumer<Record> rows) {
        realms.forEach((realm, tables) -> new Gathered(realm, rows).subscriptions(tables));
    }

    void registrations(Consumer<Record> rows) {
        realms.forEach((realm, tables) -> tables.registrations()
                .forEach((match, procedure, callee) -> rows.accept(new RegistrationRow(
                        realm,
                        procedure,
                        match.text(),
                        callee.invoke().name().toLowerCase(Locale.ROOT),
                        callee.registration(),
                        callee.session(),
                        callee.node().name()))));
    }

    private String node(Lane lane) {
        return lane instanceof PeerLink link ? link.peer().name() : self.name();
    }

    /** The lanes of one subscription come one after the other and become one row. */
    private final class Gathered {
        private final String realm;
        private final Consumer<Record> rows;
        private final TreeSet<String> nodes = new TreeSet<>();
        private String topic = "";
        private String match = "";
        private long subscription;

        private Gathered(String realm, Consumer<Record> rows) {
            this.realm = realm;
            this.rows = rows;
        }

        private void subscriptions(RealmTables tables) {
            tables.subscriptions().forEach((policy, uri, id, lane) -> {
                if (!uri.equals(topic) || !policy.text().equals(match)) {
                    tell();
                    topic = uri;
                    match = policy.text();
                    subscription = id;
                }
                nodes.add(node(lane));
            });
            tell();
        }

        private void tell() {
            if (!nodes.isEmpty()) {
                rows.accept(new SubscriptionRow(realm, topic, match, subscription, String.join(" ", nodes)));
                nodes.clear();
            }
        }
    }
}
