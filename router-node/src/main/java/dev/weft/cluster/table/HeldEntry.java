package dev.weft.cluster.table;

import dev.weft.link.TableChange;
import org.jspecify.annotations.Nullable;

/** One entry that this node owns, as far as comparing with the store is concerned. Confined to the control thread. */
interface HeldEntry extends Renewable {
    /** The frame that announces it; null while it is on its way into the store or out of it. */
    @Nullable
    TableChange settled();

    /** Of {@link EntryDigest}. */
    int bucket();
}
