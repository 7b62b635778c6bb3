package dev.weft.cluster.table;

import dev.weft.lane.Lane;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.NodeId;
import dev.weft.link.SessionJoined;
import dev.weft.link.SessionLeft;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import dev.weft.link.TestamentAdded;
import dev.weft.link.TestamentsFlushed;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tables that routing reads, kept in memory on this node. A change is visible to every event loop when its method
 * returns: that is what an acknowledgement means.
 *
 * <p>Called from several threads at once: for the lanes of this node from the control thread, for the lane of a link
 * from the event loop of that link. What concerns one lane comes in order. Each change is idempotent: a link that comes
 * up again tells all once more.
 *
 * <p>After a split, entries may be seen that exclude each other. The mirror routes to those that stay, by a rule that
 * gives the same on every node, and says that the key is contested, so that the owner of the others can revoke them.
 */
public interface Mirror {
    /**
     * A callee as the mirror knows it.
     *
     * @param called whether calls go to it; if not, an older one excludes it
     */
    record SeenCallee(NodeId node, long session, InvocationPolicy invoke, boolean called) {}

    void interestAdded(String realm, MatchPolicy match, String topic, long subscription, Lane lane);

    void interestRemoved(String realm, MatchPolicy match, String topic, Lane lane);

    /** @param node that {@code lane} leads to */
    void calleeAdded(CalleeAdded callee, NodeId node, Lane lane);

    void calleeRemoved(CalleeRemoved callee, Lane lane);

    void sessionJoined(SessionJoined session, Lane lane);

    void sessionLeft(SessionLeft session, Lane lane);

    void testamentAdded(TestamentAdded testament, Lane lane);

    void testamentsFlushed(TestamentsFlushed testaments, Lane lane);

    /**
     * Each entry of a table that is behind {@code lane}, as the frame that announces it. Any thread; takes as long as all of
     * the table takes, and changes made meanwhile may be seen or not.
     */
    void forEach(TableKind table, Lane lane, Consumer<TableChange> action);

    /** Drops all that is behind {@code lane}. */
    void laneDown(Lane lane);

    /** All callees of a procedure. */
    List<SeenCallee> calleesOf(TableKey procedure);

    /**
     * Whether a callee of the procedure, other than {@code session} of {@code node}, leaves no place for one with policy
     * {@code invoke}: the policy of that one, or null.
     */
    @Nullable
    InvocationPolicy excluding(TableKey procedure, InvocationPolicy invoke, NodeId node, long session);

    /** The id that the subscription has, the smallest if there are several; 0 if nobody has subscribed. */
    long subscriptionOf(TableKey topic);

    /**
     * @param contested told of a topic or procedure when a change leaves entries that exclude each other; on the thread
     *     of that change
     */
    void whenContested(Consumer<TableKey> contested);
}
