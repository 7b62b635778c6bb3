package dev.weft.node.cli;

import dev.weft.config.ConfigLoader;
import dev.weft.config.NodeConfig;
import dev.weft.node.BoundListener;
import dev.weft.node.NodeStartException;
import dev.weft.node.RouterNode;
import dev.weft.node.RunningNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** A node, and the command line that asks it for a round trip. */
final class RoundTripNode implements AutoCloseable {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final RunningNode node;

    private RoundTripNode(RunningNode node) {
        this.node = node;
    }

    static RoundTripNode start(String yaml) throws NodeStartException {
        NodeConfig config = new ConfigLoader(Map.of(), List.of())
                .loadText("test", yaml)
                .config()
                .orElseThrow();
        return new RoundTripNode(RouterNode.start(config));
    }

    /** Where it speaks {@code rs} or {@code rss}. */
    String url(String scheme) {
        return node.addresses().stream()
                .map(BoundListener::urls)
                .flatMap(List::stream)
                .filter(one -> one.startsWith(scheme + ":"))
                .findFirst()
                .orElseThrow();
    }

    int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return WeftCommand.create(
                        (config, source) -> {
                            throw new NodeStartException("not here");
                        },
                        Map.of(),
                        new Console(new PrintWriter(out, true), new PrintWriter(err, true)),
                        ListeningNode.class)
                .execute(arguments);
    }

    /** What the last run printed. */
    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    @Override
    public void close() {
        node.stop();
    }
}
