package dev.weft.cluster.table;

import dev.weft.link.TableKind;

/**
 * A part of a table that is not the same in two places.
 *
 * @param where whose copy differs: {@code mirror} is that of this node, {@code hazelcast} that of the cluster
 * @param node the node whose entries they are
 * @param table which table
 * @param bucket which part of it, from 0
 * @param entries how many entries that copy has there
 * @param repaired whether it has been mended
 */
public record TableDifference(String where, String node, TableKind table, int bucket, int entries, boolean repaired) {
    /** The same, mended. */
    TableDifference mended() {
        return new TableDifference(where, node, table, bucket, entries, true);
    }
}
