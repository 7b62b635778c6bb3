package dev.weft.node.cli;

import dev.weft.admin.AdminServer;
import dev.weft.config.HostPort;
import dev.weft.testkit.StaticAdminNode;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line, where it starts no nodes and asks the admin port of {@code node}. */
final class AskingCommandLine implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final CapturedCommandLine weft;

    AskingCommandLine(StaticAdminNode node) throws Exception {
        HostPort address = new AdminServer(vertx, node, node, node)
                .listen(new HostPort("127.0.0.1", 0))
                .await(10, TimeUnit.SECONDS);
        weft = new CapturedCommandLine(Map.of("WEFT_ADMIN", address.toString()));
    }

    int run(String... arguments) {
        return weft.run(arguments);
    }

    String out() {
        return weft.out();
    }

    String err() {
        return weft.err();
    }

    /** The admin port answers no more. */
    @Override
    public void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }
}
