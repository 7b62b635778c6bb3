package dev.weft.cluster.table;

import dev.weft.directory.CookieDirectory;
import dev.weft.directory.CookieLogin;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The cookies of a node that is a cluster by itself: in memory. */
public final class LocalCookies implements CookieDirectory {
    private final CookieLimits limits;
    private final InstantSource clock;
    private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
    /** In the order in which they were bound; of one that was ended it is kept that it was. */
    private final Map<String, Kept> cookies = new LinkedHashMap<>();

    private record Kept(CookieLogin login, boolean ended) {}

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
        long now = clock.millis();
        cookies.values().removeIf(kept -> kept.login.remaining(now) <= 0);
        Kept before = cookies.get(cookie);
        boolean full = before == null && cookies.size() >= limits.all();
        if (full || (before != null && before.ended)) {
            return CompletableFuture.completedStage(false);
        }
        cookies.remove(cookie);
        cookies.put(cookie, new Kept(login, false));
        forgetOldest(login);
        return CompletableFuture.completedStage(true);
    }

    private void forgetOldest(CookieLogin login) {
        List<String> those = cookies.entrySet().stream()
                .filter(entry -> isSame(entry.getValue().login, login))
                .map(Map.Entry::getKey)
                .toList();
        Iterator<String> oldest = those.iterator();
        for (int over = those.size() - limits.ofPrincipal(); over > 0; over--) {
            cookies.remove(oldest.next());
        }
    }

    private static boolean isSame(CookieLogin one, CookieLogin other) {
        return one.realm().equals(other.realm()) && one.authid().equals(other.authid());
    }

    @Override
    public synchronized void used(String cookie, CookieLogin login) {
        cookies.computeIfPresent(
                cookie,
                (same, kept) -> kept.ended || !isSame(kept.login, login)
                        ? kept
                        : new Kept(kept.login.usedAt(clock.millis()), false));
    }

    @Override
    public synchronized void forget(String cookie) {
        cookies.remove(cookie);
    }

    @Override
    public CompletionStage<Void> end(String cookie) {
        synchronized (this) {
            cookies.computeIfPresent(cookie, (same, kept) -> new Kept(kept.login, true));
        }
        watchers.forEach(watcher -> watcher.accept(cookie));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void watch(Consumer<String> ended) {
        watchers.add(ended);
    }
}
