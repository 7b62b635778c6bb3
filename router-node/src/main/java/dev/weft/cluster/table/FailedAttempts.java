package dev.weft.cluster.table;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.weft.cluster.membership.HazelcastMembership;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes tell each other how many attempts of clients to prove who they are have failed, twice a second: each puts what is
 * new under its own key, one operation at a time, and hears what the others put. What is lost, or late while a member is
 * frozen, allows some more guesses and nothing else. Names and addresses are keys that only nodes with the same secret can
 * make.
 */
public final class FailedAttempts implements AutoCloseable {
    static final String MAP = "weft.failed-attempts";

    private static final Logger LOG = LoggerFactory.getLogger(FailedAttempts.class);
    private static final long PERIOD_MILLIS = 500;
    private static final long KEPT_SECONDS = 60;
    private static final int ENTRY = Long.BYTES + Integer.BYTES;

    private final IMap<String, byte[]> map;
    private final String self;
    private final Supplier<Map<Long, Integer>> fresh;
    private final Consumer<Map<Long, Integer>> told;
    private final AtomicBoolean putting = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "weft-failed-attempts");
        made.setDaemon(true);
        return made;
    });

    /**
     * @param fresh what failed here since it was last asked, by key
     * @param told is told what failed elsewhere; on a thread of Hazelcast, must not block
     */
    public FailedAttempts(
            HazelcastMembership membership, Supplier<Map<Long, Integer>> fresh, Consumer<Map<Long, Integer>> told) {
        this.map = membership.hazelcast().getMap(MAP);
        this.self = membership.self().toString();
        this.fresh = fresh;
        this.told = told;
    }

    /** Blocks until the other members know of the listener. */
    public void begin() {
        map.addEntryListener((EntryAddedListener<String, byte[]>) this::heard, true);
        map.addEntryListener((EntryUpdatedListener<String, byte[]>) this::heard, true);
        thread.scheduleWithFixedDelay(this::tell, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void heard(EntryEvent<String, byte[]> event) {
        byte[] value = event.getValue();
        if (!self.equals(event.getKey()) && value != null) {
            told.accept(decode(value));
        }
    }

    private void tell() {
        if (!putting.compareAndSet(false, true)) {
            return;
        }
        Map<Long, Integer> failures = fresh.get();
        if (failures.isEmpty()) {
            putting.set(false);
            return;
        }
        HazelcastTableStore.submitted(() -> map.setAsync(self, encode(failures), KEPT_SECONDS, TimeUnit.SECONDS))
                .whenComplete((done, failure) -> {
                    putting.set(false);
                    if (failure != null) {
                        LOG.warn("Other nodes were not told of failed attempts: {}", failure.toString());
                    }
                });
    }

    static byte[] encode(Map<Long, Integer> failures) {
        ByteBuffer bytes = ByteBuffer.allocate(failures.size() * ENTRY);
        failures.forEach((key, count) -> bytes.putLong(key).putInt(count));
        return bytes.array();
    }

    static Map<Long, Integer> decode(byte[] value) {
        Map<Long, Integer> failures = new HashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(value);
        while (bytes.remaining() >= ENTRY) {
            long key = bytes.getLong();
            failures.put(key, Math.max(0, bytes.getInt()));
        }
        return failures;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
