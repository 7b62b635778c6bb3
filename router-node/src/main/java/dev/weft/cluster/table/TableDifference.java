package dev.weft.cluster.table;

import dev.weft.link.TableKind;

/**
 * A part of a table that is not the same in two places.
 *
 * @param peer the node whose entries they are
 * @param table which table
 * @param bucket which part of it, from 0
 * @param entries how many this node has there of that node's
 * @param repaired whether it has been mended
 */
public record TableDifference(String peer, TableKind table, int bucket, int entries, boolean repaired) {}
