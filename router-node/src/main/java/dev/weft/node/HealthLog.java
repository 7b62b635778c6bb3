package dev.weft.node;

import dev.weft.admin.HealthCheck;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Since when each check has said what it says, as far as anybody looked. Thread-safe. */
final class HealthLog {
    private record Since(boolean passes, long nanos) {}

    private final Map<String, Since> known = new ConcurrentHashMap<>();

    HealthCheck check(String name, boolean passes, String says) {
        long now = System.nanoTime();
        Since since =
                known.merge(name, new Since(passes, now), (before, next) -> before.passes == passes ? before : next);
        return new HealthCheck(name, passes, says, TimeUnit.NANOSECONDS.toSeconds(now - since.nanos));
    }
}
