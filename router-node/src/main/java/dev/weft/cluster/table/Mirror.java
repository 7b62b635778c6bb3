package dev.weft.cluster.table;

import dev.weft.lane.Lane;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import dev.weft.wamp.MatchPolicy;
import java.util.function.Consumer;

/**
 * The tables that routing reads, kept in memory on this node. A change is visible to every event loop when its method
 * returns: that is what an acknowledgement means.
 *
 * <p>Called from several threads at once: for the lanes of this node from the control thread, for the lane of a link
 * from the event loop of that link. What concerns one lane comes in order. Each change is idempotent: a link that comes
 * up again tells all once more.
 *
 * <p>For a moment two callees of a {@code single} procedure may be seen: a new one, and one on a dead node whose link
 * is not yet known to be down. The one with the higher order is the one that holds it.
 */
public interface Mirror {
    void interestAdded(String realm, MatchPolicy match, String topic, long subscription, Lane lane);

    void interestRemoved(String realm, MatchPolicy match, String topic, Lane lane);

    void calleeAdded(CalleeAdded callee, Lane lane);

    void calleeRemoved(CalleeRemoved callee, Lane lane);

    /**
     * Each entry of a table that is behind {@code lane}, as the frame that announces it. Any thread; takes as long as all of
     * the table takes, and changes made meanwhile may be seen or not.
     */
    void forEach(TableKind table, Lane lane, Consumer<TableChange> action);

    /** Drops all that is behind {@code lane}. */
    void laneDown(Lane lane);
}
