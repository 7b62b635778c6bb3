package dev.weft.link;

/** What the sender did not tell of this bucket since {@link BucketBegin}, it does not hold. */
public record BucketEnd(TableKind kind, int bucket) implements TableAudit {}
