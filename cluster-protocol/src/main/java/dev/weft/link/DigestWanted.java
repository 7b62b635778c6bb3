package dev.weft.link;

/** The receiver is to tell its digest of this table now, not only when its time comes. */
public record DigestWanted(TableKind kind) implements TableAudit {}
