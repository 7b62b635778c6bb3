package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.admin.AdminServer;
import dev.weft.config.HostPort;
import dev.weft.node.NodeStartException;
import dev.weft.testkit.StaticAdminNode;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code weft health} against an admin port. */
class HealthCommandTest {
    private final Vertx vertx = Vertx.vertx();
    private final StaticAdminNode node = new StaticAdminNode();
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void listen() throws Exception {
        HostPort address = new AdminServer(vertx, node, node, node)
                .listen(new HostPort("127.0.0.1", 0))
                .await(10, TimeUnit.SECONDS);
        environment.put("WEFT_ADMIN", address.toString());
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private int run(String... arguments) {
        return WeftCommand.create(
                        (config, source) -> {
                            throw new NodeStartException("not here");
                        },
                        environment,
                        new Console(new PrintWriter(out, true), new PrintWriter(err, true)),
                        ListeningNode.class)
                .execute(arguments);
    }

    @Test
    void aReadyNodeIsReadyAndLive() {
        assertThat(run("health")).isZero();
        assertThat(run("health", "--live")).isZero();
        assertThat(out.toString().lines()).containsExactly("ready", "live");
    }

    @Test
    void aNodeThatIsNotReadyIsLiveAndSaysWhy() {
        node.notReady = List.of("node-2 has no link");
        assertThat(run("health")).isEqualTo(3);
        assertThat(err.toString()).contains("node-2 has no link");
        assertThat(run("health", "--live")).isZero();
    }

    @Test
    void whereNobodyAnswersItFails() throws Exception {
        close();
        assertThat(run("health")).isEqualTo(1);
    }
}
