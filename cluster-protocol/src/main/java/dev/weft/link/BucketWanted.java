package dev.weft.link;

/** The digest of one bucket differed: the receiver is to tell what it holds there. */
public record BucketWanted(TableKind kind, int bucket) implements TableAudit {}
