package dev.weft.link;

/**
 * The sender has handled the first {@code handled} numbered frames (routed messages and table changes) that it received
 * over this link: what they changed is in force there. Cumulative.
 */
public record LinkAck(long handled) implements LinkControl {}
