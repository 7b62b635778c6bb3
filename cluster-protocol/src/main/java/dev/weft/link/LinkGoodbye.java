package dev.weft.link;

/** The last frame of a link: the sender closes it and handles nothing more that it receives. */
public record LinkGoodbye(GoodbyeReason reason) implements LinkControl {}
