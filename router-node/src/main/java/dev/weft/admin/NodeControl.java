package dev.weft.admin;

import io.vertx.core.Future;

/** What a node can be told over its admin port beside to drain. */
public interface NodeControl {
    /** Reads the configuration again. Called on a thread that may block. */
    Reloaded reload();

    /** Fails with an {@link IllegalArgumentException} if what is wanted does not exist. */
    Future<Void> trace(TraceRequest request);

    void endTrace();

    /** What was recorded. */
    Future<?> traced();

    /**
     * What became of a configuration.
     *
     * @param accepted whether it is right
     * @param report all of it
     */
    record Reloaded(boolean accepted, Object report) {}
}
