package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.StaticAdminNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code weft health} against an admin port. */
class HealthCommandTest {
    private final StaticAdminNode node = new StaticAdminNode();
    private AskingCommandLine weft;

    @BeforeEach
    void listen() throws Exception {
        weft = new AskingCommandLine(node);
    }

    @AfterEach
    void close() throws Exception {
        weft.close();
    }

    @Test
    void aReadyNodeIsReadyAndLive() {
        assertThat(weft.run("health")).isZero();
        assertThat(weft.run("health", "--live")).isZero();
        assertThat(weft.out().lines()).containsExactly("ready", "live");
    }

    @Test
    void aNodeThatIsNotReadyIsLiveAndSaysWhy() {
        node.notReady = List.of("node-2 has no link");
        assertThat(weft.run("health")).isEqualTo(3);
        assertThat(weft.err()).contains("node-2 has no link");
        assertThat(weft.run("health", "--live")).isZero();
    }

    @Test
    void whereNobodyAnswersItFails() throws Exception {
        close();
        assertThat(weft.run("health")).isEqualTo(1);
    }
}
