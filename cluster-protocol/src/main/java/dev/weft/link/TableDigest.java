package dev.weft.link;

/**
 * What the sending node holds of one table at this place in the sequence, as one number for each bucket.
 *
 * @param buckets {@link TableAudit#BUCKETS} numbers
 */
public record TableDigest(TableKind kind, long[] buckets) implements TableAudit {}
