package dev.weft.transport;

import dev.weft.directory.CookieLogin;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Says for whom the cookie of a browser stands. Asked on event loops, which it must not block. Thread-safe. */
@FunctionalInterface
public interface CookieLookup {
    /**
     * @param cookie by its digest: see {@link CookieOptions#digest}
     * @return completes on any thread; empty if it stands for nobody; exceptionally if that could not be found out
     */
    CompletionStage<Optional<CookieLogin>> find(String cookie);
}
