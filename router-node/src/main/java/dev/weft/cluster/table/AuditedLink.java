package dev.weft.cluster.table;

import dev.weft.lane.Lane;
import dev.weft.link.NodeId;
import dev.weft.link.TableChange;
import java.util.concurrent.Executor;

/** A link, as far as comparing tables is concerned. */
public interface AuditedLink {
    /** The node at the other end. */
    NodeId node();

    /** The lane under which the mirror keeps what that node told. */
    Lane lane();

    /** The event loop on which its changes are put into the mirror. */
    Executor loop();

    /** Whether it has not gone down yet. Any thread. */
    boolean isUp();

    /** Sends something to the other node. Any thread; never blocks. */
    void tell(TableChange change);
}
