package dev.weft.node;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for what happens on event loops, from the thread that starts or stops a node. */
final class Await {
    private static final Logger LOG = LoggerFactory.getLogger(Await.class);
    private static final long SECONDS = 30;

    private Await() {}

    /** @throws NodeStartException "what: why", if it fails or takes longer than half a minute */
    static <T> T result(Future<T> future, String what) throws NodeStartException {
        try {
            return future.await(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new NodeStartException(what + ": no answer within " + SECONDS + " s", late);
        } catch (Exception failure) {
            throw new NodeStartException(what + ": " + failure.getMessage(), failure);
        }
    }

    /** Logs a failure: what is being stopped is stopped all the same. */
    static void quietly(Future<?> future, String what) {
        quietly(future, Duration.ofSeconds(SECONDS), what);
    }

    /** As {@link #quietly(Future, String)}, but waits for another time. */
    static void quietly(Future<?> future, Duration patience, String what) {
        try {
            future.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (Exception failure) {
            LOG.warn("{} did not close cleanly: {}", what, failure.toString());
        }
    }

    /** The result, or {@code otherwise} if there is none; then that is logged. */
    static <T> T orElse(Future<T> future, T otherwise, String what) {
        try {
            return future.await(SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) {
            LOG.warn("{} failed: {}", what, failure.toString());
            return otherwise;
        }
    }
}
