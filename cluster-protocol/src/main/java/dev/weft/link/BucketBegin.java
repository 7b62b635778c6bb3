package dev.weft.link;

/** All that the sending node holds in this bucket follows, up to {@link BucketEnd}, and nothing else of that table. */
public record BucketBegin(TableKind kind, int bucket) implements TableAudit {}
