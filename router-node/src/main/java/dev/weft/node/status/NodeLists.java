package dev.weft.node.status;

import dev.weft.admin.Rows;
import dev.weft.session.ClientStatus;
import dev.weft.transport.ClosedConnections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The lists that a node shows of itself. Event loops are asked by messages; the rest is read on worker threads. */
public final class NodeLists {
    private final Vertx vertx;
    private final Supplier<Future<List<ClientStatus>>> clients;
    private final ClosedConnections closed;
    private final RealmRows realms;
    private final TableRows tables;

    /** @param clients asks all event loops */
    public NodeLists(
            Vertx vertx,
            Supplier<Future<List<ClientStatus>>> clients,
            ClosedConnections closed,
            RealmRows realms,
            TableRows tables) {
        this.vertx = vertx;
        this.clients = clients;
        this.closed = closed;
        this.realms = realms;
        this.tables = tables;
    }

    public Rows connections() {
        return clients(ConnectionRow.class, (client, rows) -> rows.accept(ConnectionRow.of(client)));
    }

    public Rows sessions() {
        return clients(SessionRow.class, (client, rows) -> {
            ClientStatus.SessionStatus session = client.session();
            if (session != null) {
                rows.accept(SessionRow.of(client, session));
            }
        });
    }

    private interface Telling {
        void tell(ClientStatus client, Consumer<Record> rows);
    }

    private Rows clients(Class<? extends Record> type, Telling telling) {
        return new Rows(
                type,
                rows -> clients.get().compose(all -> work(() -> all.forEach(client -> telling.tell(client, rows)))));
    }

    public Rows closed() {
        return new Rows(
                ClosedRow.class,
                rows -> work(() -> closed.latest().forEach(connection -> rows.accept(ClosedRow.of(connection)))));
    }

    public Rows realms() {
        return new Rows(RealmRow.class, rows -> work(() -> realms.each(rows)));
    }

    public Rows subscriptions() {
        return new Rows(SubscriptionRow.class, rows -> work(() -> tables.subscriptions(rows)));
    }

    public Rows registrations() {
        return new Rows(RegistrationRow.class, rows -> work(() -> tables.registrations(rows)));
    }

    private Future<Void> work(Runnable task) {
        return vertx.executeBlocking(
                () -> {
                    task.run();
                    return null;
                },
                false);
    }
}
