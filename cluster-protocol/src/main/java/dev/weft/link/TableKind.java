package dev.weft.link;

/** The tables that are compared between nodes. The order of the constants is their number in the frame. */
public enum TableKind {
    INTEREST,
    CALLEES,
    SESSIONS
}
