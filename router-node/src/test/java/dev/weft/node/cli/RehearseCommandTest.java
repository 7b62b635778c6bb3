package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.node.NodeStartException;
import dev.weft.node.NodeStarter;
import dev.weft.node.RouterNode;
import dev.weft.node.RunningNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the launcher has Java write down before the first start. */
class RehearseCommandTest {
    private final StringWriter err = new StringWriter();

    @Test
    void twoNodesFormAClusterAndACallGoesAcross() {
        List<List<String>> members = new ArrayList<>();
        CommandLine weft = weft((config, source) -> {
            RunningNode node = RouterNode.start(config);
            members.add(node.members());
            return node;
        });

        assertThat(weft.execute("rehearse")).as(err.toString()).isZero();
        assertThat(members).containsExactly(List.of("node-1"), List.of("node-1", "node-2"));
    }

    @Test
    void aNodeThatCannotStartIsNoRehearsal() {
        CommandLine weft = weft((config, source) -> {
            throw new NodeStartException("no such address");
        });

        assertThat(weft.execute("rehearse")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("weft: no rehearsal: no such address\n");
    }

    private CommandLine weft(NodeStarter starter) {
        Console console = new Console(new PrintWriter(new StringWriter(), true), new PrintWriter(err, true));
        return WeftCommand.create(starter, Map.of(), console, Main.class);
    }
}
