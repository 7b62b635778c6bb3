package dev.weft.link;

/** The answer to the {@link LinkPing} with the same token. */
public record LinkPong(long token) implements LinkControl {}
