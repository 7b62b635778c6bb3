package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.WampError;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The shared tables, and the place where what must be decided once for the whole cluster is decided: each method is
 * atomic for its key. An entry has one owner, the node whose sessions it speaks of, and only that node adds and removes
 * it.
 *
 * <p>Never blocks. A stage completes when the operation is really over, on any thread; exceptionally if it is unknown
 * whether it took place. All methods can be repeated without harm. Thread-safe.
 */
public interface TableStore {
    /** What was decided about an addition. */
    sealed interface Decision {
        /**
         * The entry stands.
         *
         * @param id of the subscription or registration, the same for all nodes
         * @param order the place of a callee among those of its registration; 0 for interest
         */
        record Granted(long id, long order) implements Decision {}

        /** The entry does not stand. */
        record Refused(WampError error, String message) implements Decision {}
    }

    /** @param proposedId the subscription's id if nobody has interest in this key yet */
    CompletionStage<Decision> addInterest(TableKey key, NodeId owner, long proposedId);

    CompletionStage<Void> removeInterest(TableKey key, NodeId owner);

    /**
     * Adds a callee at the end of the registration. If the owner's session holds it already, with the same policy, it
     * keeps its place.
     *
     * @param dead nodes whose callees are removed first
     */
    CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Set<NodeId> dead);

    CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session);

    /** Removes all that dead nodes own. */
    CompletionStage<Void> purge(Set<NodeId> dead);

    /** @param proposedId the registration's id if there is none yet */
    record CalleeOffer(InvocationPolicy invoke, NodeId owner, long session, long proposedId) {}
}
