package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.WampError;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The shared tables, and the place where what must be decided once for the whole cluster is decided: each method is
 * atomic for its key. An entry has one owner, the node whose sessions it speaks of, and only that node adds and removes
 * it, except that any node removes what a dead one left.
 *
 * <p>Each entry says in which term its owner last asserted it (docs/adr/0007-terms-reassertion-and-conflicts.md).
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
         * @param term in which a callee was granted first; 0 for interest
         */
        record Granted(long id, long order, long term) implements Decision {}

        /** The entry does not stand. */
        record Refused(WampError error, String message) implements Decision {}
    }

    /**
     * Adds interest. What is new takes the id that the subscription has; what is renewed keeps its own, and the smaller
     * id stands: if that is not the offered one, nothing is added and the other one is returned. Nodes offer the id that
     * they have granted already, as a renewal ({@link WriteBehind}).
     */
    CompletionStage<Decision> addInterest(TableKey key, InterestOffer offer);

    CompletionStage<Void> removeInterest(TableKey key, NodeId owner);

    /** Interest in a topic will be added or removed some time before {@code over}: until then nothing can be said about it. */
    default void interestWillChange(TableKey key, CompletionStage<?> over) {}

    /**
     * Adds a callee. A new one comes last, unless the owner's session holds the registration already with the same
     * policy: then it keeps its place. One that is renewed keeps its place and its term. Who does not go together with
     * those that are there is refused, also if it is older: it may be about to leave.
     *
     * @param dead nodes whose callees are removed first, if they were asserted before the term given
     */
    CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Map<NodeId, Long> dead);

    CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session);

    /**
     * Removes what is stale, sessions included.
     *
     * @return the latest term in which something of the owners asked for was asserted that stays; 0 if nothing stays
     */
    CompletionStage<Long> purge(Stale stale);

    /**
     * @param id proposed, or the one that is held if this is a renewal
     * @param asserted the present term
     */
    record InterestOffer(NodeId owner, long id, boolean renewal, long asserted) {}

    /**
     * @param id of the registration: proposed, or the one that is held if this is a renewal
     * @param order the place that is held already; 0 if this is no renewal
     * @param term in which it was, or would be, granted
     * @param asserted the present term
     */
    record CalleeOffer(
            InvocationPolicy invoke, NodeId owner, long session, long id, long order, long term, long asserted) {
        boolean isRenewal() {
            return order > 0;
        }
    }
}
