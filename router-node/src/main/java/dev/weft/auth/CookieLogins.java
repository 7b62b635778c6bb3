package dev.weft.auth;

import dev.weft.directory.CookieDirectory;
import dev.weft.directory.CookieLogin;
import dev.weft.transport.CookieLookup;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The browsers that have logged in, of all realms, as far as the directory knows them, and the sessions of this node that
 * end when such a login does. Thread-safe.
 */
public final class CookieLogins implements CookieLookup {
    private static final Logger LOG = LoggerFactory.getLogger(CookieLogins.class);

    /** So long a client waits while the directory stalls. */
    private static final long PATIENCE_SECONDS = 8;

    /** Ends that a session, which was let in a moment before, could have missed. */
    private static final int ENDS_KEPT = 10_000;

    private final Map<String, Predicate<CookieLogin>> realms = new ConcurrentHashMap<>();
    private final AuthCounters counters;
    private volatile @Nullable CookieDirectory directory;

    /** By cookie; also guards {@link #ended}. */
    private final Map<String, Set<Session>> sessions = new HashMap<>();

    private final Set<String> ended = new LinkedHashSet<>();

    CookieLogins(AuthCounters counters) {
        this.counters = counters;
    }

    /** A session that is one of a cookie's, until it is closed. */
    public final class Session implements AutoCloseable {
        private final String cookie;
        private final Runnable end;

        private Session(String cookie, Runnable end) {
            this.cookie = cookie;
            this.end = end;
        }

        /** The cookie is worth nothing any more, on any node; and its other sessions end. Fails if that is not certain. */
        public CompletionStage<Void> logOut() {
            return CookieLogins.this.logOut(cookie);
        }

        @Override
        public void close() {
            closed(this);
        }
    }

    /** From here on browsers are known again; before, none is. */
    public void keptIn(CookieDirectory kept) {
        kept.watch(this::hasEnded);
        directory = kept;
    }

    /** @param stands whether a login in this realm could still be made as it was */
    void realm(String uri, Predicate<CookieLogin> stands) {
        realms.put(uri, stands);
    }

    @Override
    public CompletionStage<Optional<CookieLogin>> find(String cookie) {
        CookieDirectory asked = directory;
        if (asked == null) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return inTime(asked.find(cookie)).thenApply(found -> found.filter(this::stands));
    }

    private boolean stands(CookieLogin login) {
        return realms.getOrDefault(login.realm(), unknown -> false).test(login);
    }

    private static <T> CompletableFuture<T> inTime(CompletionStage<T> stage) {
        return stage.toCompletableFuture().copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Completes with whether the cookie stands for this login now, on all nodes; never exceptionally. */
    CompletionStage<Boolean> bind(String cookie, CookieLogin login) {
        CookieDirectory kept = directory;
        if (kept == null) {
            return CompletableFuture.completedStage(false);
        }
        return inTime(kept.bind(cookie, login)).handle((bound, failure) -> {
            boolean known = failure == null && bound;
            counters.countCookie(known);
            if (!known) {
                LOG.warn(
                        "{} of realm {} has to log in again with the next connection: {}",
                        login.authid(),
                        login.realm(),
                        failure == null
                                ? "there are too many cookies, or this one was logged out"
                                : failure.toString());
            }
            return known;
        });
    }

    void used(String cookie, CookieLogin login) {
        CookieDirectory kept = directory;
        if (kept != null) {
            kept.used(cookie, login);
        }
    }

    void forget(String cookie) {
        CookieDirectory kept = directory;
        if (kept != null) {
            kept.forget(cookie);
        }
    }

    private CompletionStage<Void> logOut(String cookie) {
        CookieDirectory kept = directory;
        if (kept == null) {
            return CompletableFuture.failedStage(new IllegalStateException("no cookies are kept"));
        }
        counters.countLogout();
        return inTime(kept.end(cookie)).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.error("A login was to end, and its cookie may still be good: {}", failure.toString());
            }
        });
    }

    /**
     * A session was opened by a cookie, or has made it one that stands for it.
     *
     * @param end run when the login is ended by another session, once, on any thread; must not block
     */
    public Session opened(String cookie, Runnable end) {
        Session session = new Session(cookie, end);
        boolean late;
        synchronized (sessions) {
            late = ended.contains(cookie);
            if (!late) {
                sessions.computeIfAbsent(cookie, first -> new HashSet<>()).add(session);
            }
        }
        if (late) {
            run(end);
        }
        return session;
    }

    private void closed(Session session) {
        synchronized (sessions) {
            Set<Session> those = sessions.get(session.cookie);
            if (those != null && those.remove(session) && those.isEmpty()) {
                sessions.remove(session.cookie);
            }
        }
    }

    private void hasEnded(String cookie) {
        Set<Session> those;
        synchronized (sessions) {
            those = sessions.remove(cookie);
            ended.add(cookie);
            if (ended.size() > ENDS_KEPT) {
                ended.remove(ended.iterator().next());
            }
        }
        if (those != null) {
            LOG.info("A user has logged out: {} sessions of the same browser end here", those.size());
            those.forEach(session -> run(session.end));
        }
    }

    private static void run(Runnable end) {
        try {
            end.run();
        } catch (RejectedExecutionException stopped) {
            LOG.debug("an event loop has stopped, and its sessions with it");
        }
    }
}
