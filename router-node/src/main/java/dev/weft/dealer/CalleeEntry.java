package dev.weft.dealer;

import dev.weft.lane.Lane;
import dev.weft.link.CalleeTraits;
import dev.weft.link.NodeId;
import dev.weft.wamp.InvocationPolicy;
import java.util.Comparator;

/**
 * One callee of a registration, wherever it is.
 *
 * @param session its session id
 * @param node that the session is on
 * @param lane where it is reached
 * @param loop the event loop of the session on its node
 * @param order its place in the order of registration; unique but for callees that two sides of a split let in
 * @param term of the cluster's membership when it was granted
 */
public record CalleeEntry(
        long session,
        NodeId node,
        Lane lane,
        int loop,
        long registration,
        long order,
        long term,
        InvocationPolicy invoke,
        CalleeTraits traits) {
    /** Of two callees that exclude each other the first one stays: the same one in the eyes of every node. */
    static final Comparator<CalleeEntry> OLDEST_FIRST = Comparator.comparingLong(CalleeEntry::term)
            .thenComparing(CalleeEntry::node)
            .thenComparingLong(CalleeEntry::session);

    /** The order of registration, the same in the eyes of every node. */
    static final Comparator<CalleeEntry> BY_PLACE =
            Comparator.comparingLong(CalleeEntry::order).thenComparing(OLDEST_FIRST);

    /** Whether both may be callees of one registration. */
    boolean goesWith(CalleeEntry other) {
        return equals(other)
                || (invoke == other.invoke && invoke != InvocationPolicy.SINGLE && registration == other.registration);
    }
}
