package dev.weft.directory;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The cluster's memory of browsers that have logged in. A cookie is named by the digest of its value, which is known to the
 * browser alone. Never blocks; stages complete on any thread, exceptionally if it is unknown what came of it. Thread-safe.
 */
public interface CookieDirectory {
    /** For whom it stands; empty if for nobody, or nobody any more. */
    CompletionStage<Optional<CookieLogin>> find(String cookie);

    /**
     * From now on the cookie stands for this login, on all nodes.
     *
     * @return false if it does not, because there are too many, or because it was ended
     */
    CompletionStage<Boolean> bind(String cookie, CookieLogin login);

    /** The cookie was used: its idle time begins again, unless it stands for something else than {@code login} by now. */
    void used(String cookie, CookieLogin login);

    /** The cookie stands for nobody any more. */
    void forget(String cookie);

    /** As {@link #forget}, for good: it cannot be bound again, and whoever watches is told, on all nodes. */
    CompletionStage<Void> end(String cookie);

    /** @param ended told of each cookie that was ended, on whatever node; must not block */
    void watch(Consumer<String> ended);
}
