package dev.weft.cluster.table;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.link.NodeId;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the callee table: the registration's id, its policy and its callees in the order of registration.
 * Immutable; never without callees.
 *
 * @param nextOrder the order of the callee that comes next
 */
record CalleeRoster(long registration, InvocationPolicy invoke, long nextOrder, List<Callee> callees) {
    /** A session that registered, and the node that owns it. */
    record Callee(NodeId node, long session, long order) {}

    /** What was decided, and the roster from then on; null if nobody is in it. */
    record Outcome(Decision decision, @Nullable CalleeRoster roster) {}

    CalleeRoster {
        callees = List.copyOf(callees);
    }

    /** Decides about an offer: the rules of "Shared Registrations". */
    static Outcome add(@Nullable CalleeRoster present, String procedure, CalleeOffer offer, Set<NodeId> dead) {
        CalleeRoster live = present == null ? null : present.without(callee -> dead.contains(callee.node()));
        if (live == null) {
            long order = present == null ? 1 : present.nextOrder;
            long id = present == null ? offer.proposedId() : present.registration;
            Callee first = new Callee(offer.owner(), offer.session(), order);
            return granted(order, new CalleeRoster(id, offer.invoke(), order + 1, List.of(first)));
        }
        for (Callee callee : live.callees) {
            if (callee.node().equals(offer.owner()) && callee.session() == offer.session()) {
                return live.again(callee, procedure, offer);
            }
        }
        if (live.invoke != offer.invoke() || live.invoke == InvocationPolicy.SINGLE) {
            return new Outcome(live.refusal(procedure), live);
        }
        List<Callee> callees = new ArrayList<>(live.callees);
        callees.add(new Callee(offer.owner(), offer.session(), live.nextOrder));
        return granted(live.nextOrder, new CalleeRoster(live.registration, live.invoke, live.nextOrder + 1, callees));
    }

    @Nullable
    CalleeRoster withoutNodes(Set<NodeId> gone) {
        return without(callee -> gone.contains(callee.node()));
    }

    @Nullable
    CalleeRoster withoutSession(NodeId owner, long session) {
        return without(callee -> callee.session() == session && callee.node().equals(owner));
    }

    /**
     * The owner's own entry of an attempt whose end it never learned: it stands, unless the policy is another one
     * now.
     */
    private Outcome again(Callee own, String procedure, CalleeOffer offer) {
        if (invoke == offer.invoke()) {
            return granted(own.order(), this);
        }
        return add(withoutSession(own.node(), own.session()), procedure, offer, Set.of());
    }

    private @Nullable CalleeRoster without(Predicate<Callee> leaves) {
        if (callees.stream().noneMatch(leaves)) {
            return this;
        }
        List<Callee> left = callees.stream().filter(leaves.negate()).toList();
        return left.isEmpty() ? null : new CalleeRoster(registration, invoke, nextOrder, left);
    }

    private Decision refusal(String procedure) {
        String message = invoke == InvocationPolicy.SINGLE
                ? "procedure " + procedure + " is registered already"
                : "procedure " + procedure + " is registered with invoke=" + invoke.text();
        return new Decision.Refused(WampError.PROCEDURE_ALREADY_EXISTS, message);
    }

    private static Outcome granted(long order, CalleeRoster roster) {
        return new Outcome(new Decision.Granted(roster.registration, order), roster);
    }
}
