package dev.weft.observability;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps a fault that comes a thousand times a second from filling the disk: of events of one kind, which is one text in the
 * source, the first ones of ten seconds are written, and how many were left out is told with the next warning or error of
 * any kind after that. Thread-safe; what is debugged is not limited.
 */
final class RepeatLimit extends TurboFilter {
    /** Events of one kind that are written in a window. */
    static final int MOST_WARNINGS = 10;

    static final int MOST_INFOS = 100;

    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final int KINDS = 1000;

    /** One kind of event. */
    private record Kind(String logger, String format) {}

    private static final class Window {
        private final long began;
        private int events;
        private long leftOut;

        private Window(long began) {
            this.began = began;
        }
    }

    private final LongSupplier nanoClock;

    /** The oldest first. Guarded by itself. */
    private final Map<Kind, Window> windows = new LinkedHashMap<>();

    RepeatLimit(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        if (format == null || !level.isGreaterOrEqual(Level.INFO)) {
            return FilterReply.NEUTRAL;
        }
        if (!level.isGreaterOrEqual(logger.getEffectiveLevel())
                || logger.getName().equals(name())) {
            return FilterReply.NEUTRAL;
        }
        int most = level.isGreaterOrEqual(Level.WARN) ? MOST_WARNINGS : MOST_INFOS;
        Map<Kind, Long> over = new LinkedHashMap<>();
        boolean written;
        synchronized (windows) {
            written = count(new Kind(logger.getName(), format), most, over);
        }
        over.forEach((kind, leftOut) -> logger.getLoggerContext()
                .getLogger(name())
                .warn("left out {} more of {}: {}", leftOut, kind.logger(), kind.format()));
        return written ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private static String name() {
        return RepeatLimit.class.getName();
    }

    /** @param over gets the kinds whose time is over and of which some were left out */
    private boolean count(Kind kind, int most, Map<Kind, Long> over) {
        long now = nanoClock.getAsLong();
        Iterator<Map.Entry<Kind, Window>> oldest = windows.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Kind, Window> entry = oldest.next();
            boolean ended = now - entry.getValue().began >= WINDOW_NANOS;
            if (!ended && windows.size() < KINDS) {
                break;
            }
            oldest.remove();
            if (entry.getValue().leftOut > 0) {
                over.put(entry.getKey(), entry.getValue().leftOut);
            }
        }
        Window window = windows.computeIfAbsent(kind, first -> new Window(now));
        if (window.events < most) {
            window.events++;
            return true;
        }
        window.leftOut++;
        return false;
    }
}
