package dev.weft.load.chaos.net;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What the nodes under test are connected by. Clients reach every node, whatever is cut. Nodes are counted from 0. */
public interface Network {
    Endpoints endpoints(int node);

    /** The command that runs {@code command} where the node lives. */
    List<String> commandAt(int node, List<String> command);

    /** Whether whole nodes can be cut off from each other, Hazelcast included. */
    boolean canCut();

    /** From now on exactly these are silently dropped, over links and else. Not for a network that {@link #canCut() cannot}. */
    void cut(Set<Direction> directions) throws IOException;
}
