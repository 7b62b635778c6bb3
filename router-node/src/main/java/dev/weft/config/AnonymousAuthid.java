package dev.weft.config;

/** What clients are called that do not authenticate. */
public enum AnonymousAuthid {
    /** The router draws a name. */
    ASSIGNED,
    /** As they say, if they do. */
    CHOSEN
}
