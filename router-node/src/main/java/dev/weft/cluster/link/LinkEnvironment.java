package dev.weft.cluster.link;

import java.util.function.LongSupplier;

/**
 * What the connections of one node share.
 *
 * @param clock {@link System#nanoTime}, or what a test says it is
 */
record LinkEnvironment(
        LinkOptions options,
        LinkListener listener,
        LinkCounters counters,
        LinkSlots slots,
        KnownNodes nodes,
        HandshakeLog log,
        LongSupplier clock) {}
