package dev.weft.observability;

/** Tells the figures of one part of the node. */
@FunctionalInterface
public interface MetricSource {
    /** Called at each scrape, on any thread that may take a few milliseconds, never on an event loop. */
    void collect(MetricSamples into);
}
