package dev.weft.cluster.table;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.link.NodeId;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.WampError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the callee table: the registration's id, its policy and its callees. Immutable; never without callees.
 *
 * @param nextOrder the order of the callee that comes next
 */
record CalleeRoster(long registration, InvocationPolicy invoke, long nextOrder, List<Callee> callees) {
    /**
     * A session that registered, and the node that owns it.
     *
     * @param order its place
     * @param term in which it was granted
     * @param asserted the term in which its owner last said so
     */
    record Callee(NodeId node, long session, long order, long term, long asserted) {}

    /** What was decided, and the roster from then on; null if nobody is in it. */
    record Outcome(Decision decision, @Nullable CalleeRoster roster) {}

    CalleeRoster {
        callees = List.copyOf(callees);
    }

    /** Decides about an offer: the rules of "Shared Registrations", and of {@link TableStore#addCallee}. */
    static Outcome add(@Nullable CalleeRoster present, String procedure, CalleeOffer offer, Map<NodeId, Long> dead) {
        long nextOrder = present == null ? 1 : present.nextOrder;
        CalleeRoster live = present == null
                ? null
                : present.without(callee -> callee.asserted() < dead.getOrDefault(callee.node(), 0L));
        Callee own = live == null ? null : live.find(offer.owner(), offer.session());
        CalleeRoster rest = own == null || live == null ? live : live.without(own::equals);
        long order = offer.isRenewal() ? offer.order() : nextOrder;
        if (own != null && live != null && live.invoke == offer.invoke() && !offer.isRenewal()) {
            order = own.order();
        }
        Callee offered = new Callee(offer.owner(), offer.session(), order, offer.term(), offer.asserted());
        if (rest == null) {
            long id = present == null || offer.isRenewal() ? offer.id() : present.registration;
            return granted(
                    offered, new CalleeRoster(id, offer.invoke(), Math.max(nextOrder, order + 1), List.of(offered)));
        }
        if (rest.goesWith(offer)) {
            return granted(offered, rest.with(offered));
        }
        return new Outcome(refusal(procedure, rest.invoke), rest);
    }

    static Decision.Refused refusal(String procedure, InvocationPolicy present) {
        String message = present == InvocationPolicy.SINGLE
                ? "procedure " + procedure + " is registered already"
                : "procedure " + procedure + " is registered with invoke=" + present.text();
        return new Decision.Refused(WampError.PROCEDURE_ALREADY_EXISTS, message);
    }

    @Nullable
    CalleeRoster without(Stale stale) {
        return without(callee -> stale.includes(callee.node(), callee.asserted()));
    }

    @Nullable
    CalleeRoster withoutSession(NodeId owner, long session) {
        return without(callee -> callee.session() == session && callee.node().equals(owner));
    }

    /** The latest assertion of the owners asked for; 0 if there is none. */
    long latestOf(Stale stale) {
        return callees.stream()
                .filter(callee -> stale.asksFor(callee.node()))
                .mapToLong(Callee::asserted)
                .max()
                .orElse(0);
    }

    private @Nullable Callee find(NodeId owner, long session) {
        return callees.stream()
                .filter(callee -> callee.session() == session && callee.node().equals(owner))
                .findFirst()
                .orElse(null);
    }

    private boolean goesWith(CalleeOffer offer) {
        return invoke == offer.invoke()
                && invoke != InvocationPolicy.SINGLE
                && (!offer.isRenewal() || registration == offer.id());
    }

    private CalleeRoster with(Callee callee) {
        List<Callee> more = new ArrayList<>(callees);
        more.add(callee);
        more.sort(Comparator.comparingLong(Callee::order));
        return new CalleeRoster(registration, invoke, Math.max(nextOrder, callee.order() + 1), more);
    }

    private @Nullable CalleeRoster without(Predicate<Callee> leaves) {
        if (callees.stream().noneMatch(leaves)) {
            return this;
        }
        List<Callee> left = callees.stream().filter(leaves.negate()).toList();
        return left.isEmpty() ? null : new CalleeRoster(registration, invoke, nextOrder, left);
    }

    private static Outcome granted(Callee callee, CalleeRoster roster) {
        return new Outcome(new Decision.Granted(roster.registration, callee.order(), callee.term()), roster);
    }
}
