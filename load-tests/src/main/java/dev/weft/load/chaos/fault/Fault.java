package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.node.Cluster;
import java.io.IOException;
import java.time.Duration;

/** One thing that is done to the cluster and taken back after a while. Immutable. */
public interface Fault {
    FaultKind kind();

    /** Whom it strikes and how, for reports: the same text for the same seed. */
    String describe();

    /** How long it stays, from the end of {@link #inject} to the beginning of {@link #heal}; at least. */
    Duration length();

    /** Returns when it is in force. */
    void inject(Cluster cluster) throws IOException, InterruptedException;

    /** Returns when nothing of it is in force any more; nodes that it took down are on their way. */
    void heal(Cluster cluster) throws IOException, InterruptedException;

    /** Whether nodes start again when it is taken back; then it has not ended before they are ready. */
    default boolean takesDown() {
        return false;
    }

    /** Returns when every node that it took down is ready. */
    default void awaitReady(Cluster cluster) throws IOException, InterruptedException {}

    /** Whether messages between these two nodes may be delayed or lost by it. */
    boolean disturbs(int one, int other);

    /** Whether the nodes may take each other for dead, so that each side decides alone. */
    boolean separates(int one, int other);

    /** Whether the node's clients cannot be answered while it lasts. */
    boolean freezes(int node);
}
