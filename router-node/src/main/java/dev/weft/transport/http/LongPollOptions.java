package dev.weft.transport.http;

import java.time.Duration;

/**
 * Long-poll transports of an HTTP listener, with every value resolved.
 *
 * @param path under which they are opened and asked; begins with a slash and does not end with one
 * @param receiveTimeout how long a {@code receive} waits for a message; whole milliseconds, at least one
 * @param idleTimeout how long a transport stays open for which no {@code receive} waits; likewise
 * @param successStatus of HTTP, for {@code send} and {@code close}
 */
public record LongPollOptions(String path, Duration receiveTimeout, Duration idleTimeout, int successStatus) {}
