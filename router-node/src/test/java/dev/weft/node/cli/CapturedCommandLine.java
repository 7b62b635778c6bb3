package dev.weft.node.cli;

import dev.weft.node.NodeStartException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** The command line, where it starts no nodes, and what it prints. */
final class CapturedCommandLine {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment;

    CapturedCommandLine(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Returns the exit status. */
    int run(String... arguments) {
        return WeftCommand.create(
                        (config, source) -> {
                            throw new NodeStartException("not here");
                        },
                        environment,
                        new Console(new PrintWriter(out, true), new PrintWriter(err, true)),
                        ListeningNode.class)
                .execute(arguments);
    }

    /** What it has printed so far. */
    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
