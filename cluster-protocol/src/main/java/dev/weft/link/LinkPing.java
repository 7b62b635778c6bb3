package dev.weft.link;

/**
 * Heartbeat; answered by a {@link LinkPong}.
 *
 * @param token the sender's own, comes back as it was sent
 */
public record LinkPing(long token) implements LinkControl {}
