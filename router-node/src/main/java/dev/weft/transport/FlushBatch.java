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
    private ArrayList<OutboundQueue> touched = new ArrayList<>();
    private ArrayList<OutboundQueue> flushing = new ArrayList<>();

    FlushBatch(EventLoop loop) {
        this.loop = loop;
    }

    void add(OutboundQueue queue) {
        if (touched.isEmpty()) {
            loop.execute(this);
        }
        touched.add(queue);
    }

    @Override
    public void run() {
        ArrayList<OutboundQueue> batch = touched;
        touched = flushing;
        flushing = batch;
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).flushTouched();
        }
        batch.clear();
    }
}
