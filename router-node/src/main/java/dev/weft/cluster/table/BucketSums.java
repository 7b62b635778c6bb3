package dev.weft.cluster.table;

import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;

/** What the entries of each bucket count together, and how many they are. Confined to one thread. */
final class BucketSums {
    private final long[] sums = new long[TableAudit.BUCKETS];
    private final int[] counts = new int[TableAudit.BUCKETS];

    /** @param entry as it is announced */
    void add(TableChange entry) {
        int bucket = EntryDigest.bucket(entry);
        sums[bucket] += EntryDigest.value(entry);
        counts[bucket]++;
    }

    void addAll(BucketSums other) {
        for (int bucket = 0; bucket < sums.length; bucket++) {
            add(bucket, other.sums[bucket], other.counts[bucket]);
        }
    }

    void add(int bucket, long sum, int count) {
        sums[bucket] += sum;
        counts[bucket] += count;
    }

    long sum(int bucket) {
        return sums[bucket];
    }

    int count(int bucket) {
        return counts[bucket];
    }
}
