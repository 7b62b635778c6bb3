package dev.weft.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The connections of one event loop for which the operating system did not take all that was flushed: peers that read more
 * slowly than they are sent to. Together they are bounded: see {@link #bound()}. Belongs to its event loop, but for the
 * figures, which any thread may read; they are as of the last {@link #refresh()}.
 */
public final class Backlog {
    /** What waits for one peer. Called on the event loop. */
    public interface Waiting {
        /** Bytes. */
        long waiting();

        /** Looks again what the peer has taken meanwhile; returns what waits. */
        long recount();

        /** Nothing waits any more: it is no longer asked. */
        void caughtUp();

        /** Too much waits for all peers of the node, and most of it for this one: its connection is closed. */
        void giveUp();
    }

    /**
     * What waits for peers of one event loop.
     *
     * @param connections for which something waits
     * @param bytes in all
     * @param largest for one of them, bytes
     */
    public record Figures(int connections, long bytes, long largest) {
        static final Figures NONE = new Figures(0, 0, 0);
    }

    private final OutboundMemory memory;
    private final long share;
    private final Set<Waiting> queues = Collections.newSetFromMap(new IdentityHashMap<>());
    private volatile Figures figures = Figures.NONE;
    private long untaken;
    private long suspicious;

    /** @param loops how many event loops share {@code memory} */
    Backlog(OutboundMemory memory, int loops) {
        this.memory = memory;
        this.share = memory.share(loops);
        this.suspicious = share;
    }

    public void add(Waiting queue) {
        queues.add(queue);
    }

    public void remove(Waiting queue) {
        queues.remove(queue);
    }

    /** For one of the connections {@code more} bytes wait than did before; negative if it is less. */
    public void grew(long more) {
        untaken += more;
    }

    /**
     * Closes the connections for which most waits, if what waits for all takes more memory than it may. Not while something
     * is written.
     */
    public void bound() {
        if (untaken <= suspicious) {
            return;
        }
        refresh();
        if (untaken > share) {
            if (memory.isExceeded()) {
                closeSlowest();
            }
            suspicious = Math.max(share, untaken + share / 8);
        }
    }

    /** Until a quarter of what waits is gone: the allocator keeps what is freed, so that its figure tells no end. */
    private void closeSlowest() {
        List<Waiting> slowest = new ArrayList<>(queues);
        slowest.sort(Comparator.comparingLong(Waiting::waiting).reversed());
        long enough = untaken / 4 * 3;
        for (Waiting queue : slowest) {
            if (untaken <= enough) {
                return;
            }
            queue.giveUp();
        }
    }

    /** Forgets those whose peers have caught up, and sums up the others. */
    void refresh() {
        int connections = 0;
        long bytes = 0;
        long largest = 0;
        for (Iterator<Waiting> all = queues.iterator(); all.hasNext(); ) {
            Waiting queue = all.next();
            long waiting = queue.recount();
            if (waiting == 0) {
                all.remove();
                queue.caughtUp();
                continue;
            }
            connections++;
            bytes += waiting;
            largest = Math.max(largest, waiting);
        }
        suspicious = share;
        figures = connections == 0 ? Figures.NONE : new Figures(connections, bytes, largest);
    }

    /** Any thread. */
    public Figures figures() {
        return figures;
    }
}
