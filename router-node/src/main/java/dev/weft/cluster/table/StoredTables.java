package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import java.util.List;

/** What the shared tables say that a node holds. Each method goes through a whole table and blocks while it does. */
interface StoredTables {
    /** Entries are those of {@link StoredEntry}. */
    BucketSums sums(TableKind table, NodeId owner);

    /** The entries of one bucket. */
    List<TableChange> entries(TableKind table, NodeId owner, int bucket);
}
