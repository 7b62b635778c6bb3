package dev.weft.node.cli;

import dev.weft.admin.AdminServer;
import dev.weft.config.HostPort;
import dev.weft.node.NodeStartException;
import dev.weft.testkit.StaticAdminNode;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line, where it starts no nodes and asks the admin port of {@code node}. */
final class AskingCommandLine implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final HostPort address;

    AskingCommandLine(StaticAdminNode node) throws Exception {
        address = new AdminServer(vertx, node, node, node)
                .listen(new HostPort("127.0.0.1", 0))
                .await(10, TimeUnit.SECONDS);
    }

    int run(String... arguments) {
        return WeftCommand.create(
                        (config, source) -> {
                            throw new NodeStartException("not here");
                        },
                        Map.of("WEFT_ADMIN", address.toString()),
                        new Console(new PrintWriter(out, true), new PrintWriter(err, true)),
                        ListeningNode.class)
                .execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** The admin port answers no more. */
    @Override
    public void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }
}
