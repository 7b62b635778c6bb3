package dev.weft.cluster.table;

import dev.weft.lane.Lane;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.InterestAdded;
import dev.weft.link.InterestRemoved;
import dev.weft.link.NodeId;
import dev.weft.link.SessionJoined;
import dev.weft.link.SessionLeft;
import dev.weft.link.TableChange;
import dev.weft.link.TestamentAdded;
import dev.weft.link.TestamentsFlushed;

/** What other nodes tell about themselves, put into the mirror. */
public final class TableChanges {
    private TableChanges() {}

    /**
     * Applies a change of {@code node}, which is behind {@code lane}. It may be acknowledged when this returns. Called on the
     * event loop of the link, in the order received. A {@link dev.weft.link.SnapshotEnd} changes nothing.
     */
    public static void apply(TableChange change, NodeId node, Lane lane, Mirror mirror) {
        if (change instanceof InterestAdded added) {
            mirror.interestAdded(added.realm(), added.match(), added.topic(), added.subscription(), lane);
        } else if (change instanceof InterestRemoved removed) {
            mirror.interestRemoved(removed.realm(), removed.match(), removed.topic(), lane);
        } else if (change instanceof CalleeAdded added) {
            mirror.calleeAdded(added, node, lane);
        } else if (change instanceof CalleeRemoved removed) {
            mirror.calleeRemoved(removed, lane);
        } else if (change instanceof SessionJoined joined) {
            mirror.sessionJoined(joined, lane);
        } else if (change instanceof SessionLeft left) {
            mirror.sessionLeft(left, lane);
        } else if (change instanceof TestamentAdded added) {
            mirror.testamentAdded(added, lane);
        } else if (change instanceof TestamentsFlushed flushed) {
            mirror.testamentsFlushed(flushed, lane);
        }
    }
}
