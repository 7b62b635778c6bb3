package dev.weft.cluster.table;

import dev.weft.directory.CookieDirectory;
import dev.weft.directory.CookieLogin;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The cookies of a node that is a cluster by itself: in memory. */
public final class LocalCookies implements CookieDirectory {
    private final CookieLimits limits;
    private final InstantSource clock;
    private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
    /** Of one that was ended it is kept that it was. */
    private final Map<String, Kept> cookies = new HashMap<>();
    /** Those of each principal, in the order in which they were bound. */
    private final Map<Owner, Set<String>> owned = new HashMap<>();
    /** All of them; the one that is over first is the first. */
    private final NavigableSet<Due> due =
            new TreeSet<>(Comparator.comparingLong(Due::at).thenComparing(Due::cookie));

    private record Kept(CookieLogin login, boolean ended) {
        Owner owner() {
            return new Owner(login.realm(), login.authid());
        }

        /** When it is over, as {@link InstantSource#millis} counts. */
        Due due(String cookie) {
            return new Due(login.remaining(0), cookie);
        }
    }

    private record Owner(String realm, String authid) {}

    private record Due(long at, String cookie) {}

    public LocalCookies(CookieLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public synchronized CompletionStage<Optional<CookieLogin>> find(String cookie) {
        Kept kept = cookies.get(cookie);
        return CompletableFuture.completedStage(
                kept == null || kept.ended || kept.login.remaining(clock.millis()) <= 0
                        ? Optional.empty()
                        : Optional.of(kept.login));
    }

    @Override
    public synchronized CompletionStage<Boolean> bind(String cookie, CookieLogin login) {
        dropOver();
        Kept before = cookies.get(cookie);
        boolean full = before == null && cookies.size() >= limits.all();
        if (full || (before != null && before.ended)) {
            return CompletableFuture.completedStage(false);
        }
        drop(cookie);
        Kept kept = new Kept(login, false);
        cookies.put(cookie, kept);
        due.add(kept.due(cookie));
        Set<String> those = owned.computeIfAbsent(kept.owner(), first -> new LinkedHashSet<>());
        those.add(cookie);
        while (those.size() > limits.ofPrincipal()) {
            drop(those.iterator().next());
        }
        return CompletableFuture.completedStage(true);
    }

    private void dropOver() {
        long now = clock.millis();
        while (!due.isEmpty() && due.first().at <= now) {
            drop(due.first().cookie);
        }
    }

    private void drop(String cookie) {
        Kept kept = cookies.remove(cookie);
        if (kept == null) {
            return;
        }
        due.remove(kept.due(cookie));
        Set<String> those = owned.get(kept.owner());
        if (those != null && those.remove(cookie) && those.isEmpty()) {
            owned.remove(kept.owner());
        }
    }

    /** What is kept of a cookie changes, but not whose it is. */
    private void replace(String cookie, Kept before, Kept after) {
        cookies.put(cookie, after);
        due.remove(before.due(cookie));
        due.add(after.due(cookie));
    }

    private static boolean isSame(CookieLogin one, CookieLogin other) {
        return one.realm().equals(other.realm()) && one.authid().equals(other.authid());
    }

    @Override
    public synchronized void used(String cookie, CookieLogin login) {
        Kept kept = cookies.get(cookie);
        if (kept != null && !kept.ended && isSame(kept.login, login)) {
            replace(cookie, kept, new Kept(kept.login.usedAt(clock.millis()), false));
        }
    }

    @Override
    public synchronized void forget(String cookie) {
        drop(cookie);
    }

    @Override
    public CompletionStage<Void> end(String cookie) {
        synchronized (this) {
            Kept kept = cookies.get(cookie);
            if (kept != null) {
                replace(cookie, kept, new Kept(kept.login, true));
            }
        }
        watchers.forEach(watcher -> watcher.accept(cookie));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void watch(Consumer<String> ended) {
        watchers.add(ended);
    }
}
