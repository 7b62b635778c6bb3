package dev.weft.transport;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many connections each address opens a second; as many may come at once. Of an IPv6 address its network of 64 bits counts,
 * which one host may have to itself. This machine's own addresses are not limited. Thread-safe; a lock guards a map and is held for
 * moments, once for each connection.
 */
public final class ArrivalRate {
    /** Addresses remembered; those from which nothing came for longest are forgotten first. */
    private static final int MOST_ADDRESSES = 100_000;

    private static final int NETWORK_BYTES = 8;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private final LongSupplier nanoClock;
    /** By address, the time up to which all that it may open is taken. */
    private final Map<ByteBuffer, Long> taken = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Long> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** @param perSecond 0 for any number */
    public ArrivalRate(int perSecond, LongSupplier nanoClock) {
        this.perSecond = perSecond;
        this.nanoClock = nanoClock;
    }

    /** Whether one more connection may come now; one that may is counted. Null stands for a Unix domain socket. */
    public boolean mayCome(@Nullable InetAddress address) {
        if (perSecond == 0 || address == null || address.isLoopbackAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        ByteBuffer network = ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
        long cost = SECOND / perSecond;
        synchronized (taken) {
            long now = nanoClock.getAsLong();
            Long before = taken.get(network);
            long from = before == null || before - now < -SECOND ? now - SECOND : before;
            if (from + cost - now > 0) {
                return false;
            }
            taken.put(network, from + cost);
            return true;
        }
    }
}
