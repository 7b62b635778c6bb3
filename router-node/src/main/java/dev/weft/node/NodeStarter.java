package dev.weft.node;

import dev.weft.config.ConfigReport;
import dev.weft.config.NodeConfig;
import java.util.function.Supplier;

/** Starts a node in this process. */
@FunctionalInterface
public interface NodeStarter {
    /**
     * Blocks until the node is ready, or the thread is interrupted.
     *
     * @param source reads the configuration again, when the node is told to
     * @throws NodeStartException if it cannot start; then nothing of it is left running
     */
    RunningNode start(NodeConfig config, Supplier<ConfigReport> source) throws NodeStartException;
}
