package dev.weft.cluster.table;

import java.time.Duration;

/**
 * How much of a processor comparing tables may take when nobody asked for it: a twentieth. So with many entries it is done
 * less often than the configuration says. Thread-safe.
 */
final class AuditPace {
    private static final int SHARE = 20;

    private final ControlThread clock;
    private long notBefore;

    AuditPace(ControlThread clock) {
        this.clock = clock;
        this.notBefore = clock.nanoTime();
    }

    synchronized boolean isDue() {
        return clock.nanoTime() - notBefore >= 0;
    }

    /** Something was compared, from {@code begun} on that clock until now. */
    synchronized void compared(long begun) {
        long now = clock.nanoTime();
        notBefore += Math.max(0, now - notBefore) + (SHARE - 1) * (now - begun);
    }

    /** What to wait from now on for the next time, if that is wanted at this interval. */
    synchronized Duration next(Duration interval) {
        Duration rest = Duration.ofNanos(notBefore - clock.nanoTime());
        return rest.compareTo(interval) > 0 ? rest : interval;
    }
}
