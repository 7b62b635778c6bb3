package dev.weft.node.cli;

import dev.weft.config.ConfigLoader;
import dev.weft.config.NodeConfig;
import dev.weft.node.BoundListener;
import dev.weft.node.NodeStartException;
import dev.weft.node.RouterNode;
import dev.weft.node.RunningNode;
import java.util.List;
import java.util.Map;

/** A node, and the command line that asks it for a round trip. */
final class RoundTripNode implements AutoCloseable {
    private final RunningNode node;
    private CapturedCommandLine weft = new CapturedCommandLine(Map.of());

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
        weft = new CapturedCommandLine(Map.of());
        return weft.run(arguments);
    }

    /** What the last run printed. */
    String out() {
        return weft.out();
    }

    String err() {
        return weft.err();
    }

    @Override
    public void close() {
        node.stop();
    }
}
