package dev.weft.session;

/** What sessions of one realm on one event loop are counted by. */
public enum SessionTally {
    OPENED,
    ENDED
}
