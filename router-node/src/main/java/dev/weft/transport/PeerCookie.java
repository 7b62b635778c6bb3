package dev.weft.transport;

import dev.weft.directory.CookieLogin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a connection: one that the browser had and that stood for somebody when the connection was opened, or one
 * that the browser was given then, which nobody else has.
 *
 * @param digest what it is known by
 * @param login for whom it stood; null if it is a new one
 * @param maxAge how long a new one is good for
 * @param maxIdle how long it may not be used meanwhile
 */
public record PeerCookie(String digest, @Nullable CookieLogin login, Duration maxAge, Duration maxIdle) {}
