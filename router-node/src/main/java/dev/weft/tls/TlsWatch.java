package dev.weft.tls;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the files of everything on a node that speaks TLS, each at its interval, on one thread of its own. Thread-safe. */
public final class TlsWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);

    private final List<WatchedTls> watched = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "weft-tls");
        made.setDaemon(true);
        return made;
    });

    /** From now on its files are looked at. */
    public void add(WatchedTls tls) {
        watched.add(tls);
        long nanos = tls.settings().reloadInterval().toNanos();
        thread.scheduleWithFixedDelay(() -> check(tls), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** An exception would end the looking for good. */
    private static void check(WatchedTls tls) {
        try {
            tls.check();
        } catch (RuntimeException bug) {
            LOG.error(
                    "the certificates of {} were not looked at", tls.settings().name(), bug);
        }
    }

    /** What each uses, in the order in which they were added. */
    public List<TlsStatus> status() {
        return watched.stream().map(WatchedTls::status).toList();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
