package dev.weft.link;

/**
 * How nodes find out that one of them has lost an entry, and mend it. Entries are spread over {@link #BUCKETS} buckets by
 * a hash, so that what is told again is little.
 */
public sealed interface TableAudit extends TableChange
        permits DigestWanted, TableDigest, BucketWanted, BucketBegin, BucketEnd {
    /** Into how many parts each table is divided. */
    int BUCKETS = 64;

    TableKind kind();
}
