package dev.weft.tracing.otlp;

import dev.weft.tracing.SpanCounts;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans that have ended, on their way to the collector: event loops put them in without a lock, one thread takes them out in
 * batches and waits for the collector. What finds no room is dropped, so a collector that is slow or down costs nobody
 * anything. In place of the SDK's own, because every span that is lost is counted.
 */
final class SpanQueue implements SpanProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);
    private static final int BATCH = 512;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** So long a node that stops waits for the collector. */
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final MpscArrayQueue<ReadableSpan> queue;
    private final SpanExporter exporter;
    private final Duration timeout;
    private final LongAdder dropped = new LongAdder();
    private final LongAdder exported = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Thread worker = new Thread(this::run, "weft-traces");
    private volatile boolean resting;
    private volatile boolean closed;

    /**
     * @param maxQueue spans that wait at most
     * @param timeout for a batch
     */
    SpanQueue(SpanExporter exporter, int maxQueue, Duration timeout) {
        this.queue = new MpscArrayQueue<>(maxQueue);
        this.exporter = exporter;
        this.timeout = timeout;
        worker.setDaemon(true);
    }

    void start() {
        worker.start();
    }

    SpanCounts counts() {
        return new SpanCounts(exported.sum(), refused.sum(), dropped.sum());
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // Only what has ended is exported.
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (closed || !queue.offer(span)) {
            dropped.increment();
        } else if (resting && queue.size() >= BATCH) {
            LockSupport.unpark(worker);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    private void run() {
        while (!closed) {
            rest();
            exportAll(Long.MAX_VALUE);
        }
        exportAll(CLOSING.toNanos());
        dropped.add(queue.drain(late -> {}));
        exporter.shutdown();
    }

    private void rest() {
        resting = true;
        if (!closed && queue.size() < BATCH) {
            LockSupport.parkNanos(this, INTERVAL.toNanos());
        }
        resting = false;
    }

    private void exportAll(long nanos) {
        long began = System.nanoTime();
        boolean more = true;
        while (more && System.nanoTime() - began < nanos) {
            List<SpanData> batch = new ArrayList<>();
            queue.drain(span -> batch.add(span.toSpanData()), BATCH);
            if (!batch.isEmpty()) {
                export(batch, Math.min(nanos, timeout.toNanos()));
            }
            more = batch.size() == BATCH && (!closed || nanos < Long.MAX_VALUE);
        }
    }

    private void export(List<SpanData> batch, long nanos) {
        boolean taken = false;
        try {
            taken = exporter.export(batch).join(nanos, TimeUnit.NANOSECONDS).isSuccess();
        } catch (RuntimeException bug) {
            LOG.warn("{} spans were not exported", batch.size(), bug);
        }
        (taken ? exported : refused).add(batch.size());
    }

    @Override
    public CompletableResultCode shutdown() {
        closed = true;
        LockSupport.unpark(worker);
        try {
            worker.join(CLOSING.multipliedBy(2).toMillis());
            if (worker.isAlive()) {
                worker.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return CompletableResultCode.ofSuccess();
    }
}
