package dev.weft.link;

/** Heartbeat; answered by an acknowledgement. */
public record LinkPing() implements LinkControl {}
