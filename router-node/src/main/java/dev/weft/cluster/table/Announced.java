package dev.weft.cluster.table;

import dev.weft.link.TableChange;
import java.util.function.Consumer;

/** Something that this node holds, or did hold, and that a peer which comes must be told. Confined to the control thread. */
interface Announced {
    /** Hands over what is to be told of it now, which may be nothing any more. */
    void announce(Consumer<TableChange> peer);
}
