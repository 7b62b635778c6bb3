package dev.weft.cluster.table;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.weft.cluster.key.ClusterKeys;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.directory.CookieDirectory;
import dev.weft.directory.CookieLogin;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cookies of a cluster, in Hazelcast: by their digests, and sealed whom they stand for. One that was ended stays, as no
 * octets, for as long as it would have been good, and one that was forgotten as one octet: so that it does not come back from the other
 * side of a split. What takes several operations is done on a thread of its own.
 */
public final class HazelcastCookies implements CookieDirectory, AutoCloseable {
    static final String COOKIES = "weft.cookies";
    /** The cookies of each principal, the oldest first: so many digests of the same length, one after the other. */
    static final String OWNERS = "weft.cookie-owners";

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastCookies.class);
    private static final byte[] ENDED = {};
    private static final byte[] FORGOTTEN = {0};
    private static final int WAITING = 1000;

    /** So long one that stood for nobody any more stays ended. */
    private static final long ENDED_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final HazelcastInstance hazelcast;
    private final IMap<String, byte[]> cookies;
    private final IMap<String, String> owners;
    private final SealedLogins sealed;
    private final CookieLimits limits;
    private final InstantSource clock;
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                Thread made = new Thread(task, "weft-cookies");
                made.setDaemon(true);
                return made;
            });

    public HazelcastCookies(
            HazelcastMembership membership, ClusterKeys keys, CookieLimits limits, InstantSource clock) {
        this.hazelcast = membership.hazelcast();
        this.cookies = hazelcast.getMap(COOKIES);
        this.owners = hazelcast.getMap(OWNERS);
        this.sealed = new SealedLogins(keys);
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Optional<CookieLogin>> find(String cookie) {
        return HazelcastTableStore.submitted(() -> cookies.getAsync(cookie))
                .thenApply(value -> Optional.ofNullable(open(cookie, value)));
    }

    private @Nullable CookieLogin open(String cookie, byte @Nullable [] value) {
        CookieLogin login = value == null || isOver(value) ? null : sealed.open(cookie, value);
        return login != null && login.remaining(clock.millis()) > 0 ? login : null;
    }

    /** Whether it was a cookie, and never will be again. */
    static boolean isOver(byte[] value) {
        return value.length <= FORGOTTEN.length;
    }

    private static boolean isEnded(byte @Nullable [] value) {
        return value != null && value.length == 0;
    }

    @Override
    public CompletionStage<Boolean> bind(String cookie, CookieLogin login) {
        try {
            return CompletableFuture.supplyAsync(() -> bound(cookie, login), thread);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedStage(full);
        }
    }

    private boolean bound(String cookie, CookieLogin login) {
        byte[] before = cookies.get(cookie);
        if ((before != null && isOver(before)) || (before == null && cookies.size() >= limits.all())) {
            return false;
        }
        byte[] value = sealed.seal(cookie, login);
        boolean mine = before == null
                ? cookies.putIfAbsent(cookie, value, millis(login), TimeUnit.MILLISECONDS) == null
                : replaced(cookie, before, value, login);
        if (mine) {
            own(cookie, login);
        }
        return mine;
    }

    /** An entry lives for as long as the cookie is good. */
    private long millis(CookieLogin login) {
        return Math.max(1, login.remaining(clock.millis()));
    }

    private boolean replaced(String cookie, byte[] before, byte[] value, CookieLogin login) {
        return cookies.replace(cookie, before, value) && cookies.setTtl(cookie, millis(login), TimeUnit.MILLISECONDS);
    }

    private void own(String cookie, CookieLogin login) {
        String owner = login.realm() + '\n' + login.authid();
        List<String> dropped = new ArrayList<>();
        owners.compute(owner, (same, before) -> {
            List<String> those = new ArrayList<>(before == null ? List.of() : Arrays.asList(before.split(" ")));
            those.remove(cookie);
            those.add(cookie);
            dropped.clear();
            while (those.size() > limits.ofPrincipal()) {
                dropped.add(those.remove(0));
            }
            return String.join(" ", those);
        });
        owners.setTtl(owner, Math.max(1, login.expires() - clock.millis()), TimeUnit.MILLISECONDS);
        dropped.forEach(cookies::delete);
    }

    @Override
    public void used(String cookie, CookieLogin login) {
        later(() -> {
            byte[] before = cookies.get(cookie);
            if (login.equals(open(cookie, before)) && before != null) {
                CookieLogin now = login.usedAt(clock.millis());
                replaced(cookie, before, sealed.seal(cookie, now), now);
            }
        });
    }

    @Override
    public void forget(String cookie) {
        later(() -> {
            byte[] before = cookies.get(cookie);
            if (before != null && !isOver(before)) {
                cookies.replace(cookie, before, FORGOTTEN);
                cookies.setTtl(cookie, remaining(open(cookie, before)), TimeUnit.MILLISECONDS);
            }
        });
    }

    /** So long the cookie could have been used at most. */
    private long remaining(@Nullable CookieLogin login) {
        return login == null ? ENDED_MILLIS : Math.max(1, login.expires() - clock.millis());
    }

    private void later(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException stalled) {
                    LOG.warn("A cookie could not be stored: {}", stalled.toString());
                }
            });
        } catch (RejectedExecutionException full) {
            LOG.warn("A cookie could not be stored: too much waits for the cluster");
        }
    }

    @Override
    public CompletionStage<Void> end(String cookie) {
        return HazelcastTableStore.submitted(() -> cookies.getAsync(cookie)).thenCompose(value -> {
            long millis = remaining(open(cookie, value));
            return HazelcastTableStore.<Void>submitted(
                    () -> cookies.setAsync(cookie, ENDED, millis, TimeUnit.MILLISECONDS));
        });
    }

    /** Blocks until the other members know of the listener. */
    @Override
    public void watch(Consumer<String> ended) {
        cookies.addEntryListener(new Ends(ended), true);
        hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                later(() -> endedMeanwhile().forEach(ended));
            }
        });
    }

    /** Nothing tells a member of the smaller side of a split what the other had ended before they met again. */
    private List<String> endedMeanwhile() {
        return cookies.entrySet().stream()
                .filter(entry -> isEnded(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private record Ends(Consumer<String> ended)
            implements EntryAddedListener<String, byte[]>,
                    EntryUpdatedListener<String, byte[]>,
                    EntryMergedListener<String, byte[]> {
        @Override
        public void entryAdded(EntryEvent<String, byte[]> event) {
            tell(event);
        }

        @Override
        public void entryUpdated(EntryEvent<String, byte[]> event) {
            tell(event);
        }

        @Override
        public void entryMerged(EntryEvent<String, byte[]> event) {
            tell(event);
        }

        private void tell(EntryEvent<String, byte[]> event) {
            if (isEnded(event.getValue())) {
                ended.accept(event.getKey());
            }
        }
    }
}
