package dev.weft.node;

import dev.weft.config.NodeConfig;

/** Starts a node in this process. */
@FunctionalInterface
public interface NodeStarter {
    /**
     * Blocks until the node is ready.
     *
     * @throws NodeStartException if it cannot start; then nothing of it is left running
     */
    RunningNode start(NodeConfig config) throws NodeStartException;
}
