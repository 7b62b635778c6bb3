package dev.weft.transport;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;

/**
 * The connections of one event loop for which the operating system did not take all that was flushed: peers that read more
 * slowly than they are sent to. Belongs to its event loop, but for the figures, which any thread may read; they are as of
 * the last {@link #refresh()}.
 */
final class Backlog {
    /**
     * What waits for peers of one event loop.
     *
     * @param connections for which something waits
     * @param bytes in all
     * @param largest for one of them, bytes
     */
    record Figures(int connections, long bytes, long largest) {
        static final Figures NONE = new Figures(0, 0, 0);
    }

    private final Set<OutboundQueue> queues = Collections.newSetFromMap(new IdentityHashMap<>());
    private volatile Figures figures = Figures.NONE;

    void add(OutboundQueue queue) {
        queues.add(queue);
    }

    void remove(OutboundQueue queue) {
        queues.remove(queue);
    }

    /** Forgets those whose peers have caught up, and sums up the others. */
    void refresh() {
        int connections = 0;
        long bytes = 0;
        long largest = 0;
        for (Iterator<OutboundQueue> all = queues.iterator(); all.hasNext(); ) {
            OutboundQueue queue = all.next();
            long waiting = queue.waiting();
            if (waiting == 0) {
                all.remove();
                queue.caughtUp();
                continue;
            }
            connections++;
            bytes += waiting;
            largest = Math.max(largest, waiting);
        }
        figures = connections == 0 ? Figures.NONE : new Figures(connections, bytes, largest);
    }

    /** Any thread. */
    Figures figures() {
        return figures;
    }
}
