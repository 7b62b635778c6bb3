package dev.weft.transport;

import io.netty.channel.EventLoop;
import java.util.ArrayList;

/**
 * The connections of one event loop that something was written to and that are not flushed yet. The first of them asks
 * the loop to flush all when it is through with what it reads: Netty runs tasks after the I/O of an iteration. Belongs to
 * its event loop.
 */
final class FlushBatch implements Runnable {
    private final EventLoop loop;
    private final Backlog backlog;
    private final long most;
    private ArrayList<OutboundQueue> touched = new ArrayList<>();
    private ArrayList<OutboundQueue> flushing = new ArrayList<>();
    private long unflushed;

    /**
     * @param backlog what the peers do not take
     * @param most bytes for all connections together that are not gathered, but flushed at once
     */
    FlushBatch(EventLoop loop, Backlog backlog, long most) {
        this.loop = loop;
        this.backlog = backlog;
        this.most = most;
    }

    void add(OutboundQueue queue) {
        if (touched.isEmpty()) {
            loop.execute(this);
        }
        touched.add(queue);
    }

    /** So many bytes more have been written to one of the connections. */
    void grew(int bytes) {
        unflushed += bytes;
        if (unflushed > most) {
            run();
        }
    }

    @Override
    public void run() {
        unflushed = 0;
        ArrayList<OutboundQueue> batch = touched;
        touched = flushing;
        flushing = batch;
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).flushTouched();
        }
        batch.clear();
        backlog.bound();
    }
}
