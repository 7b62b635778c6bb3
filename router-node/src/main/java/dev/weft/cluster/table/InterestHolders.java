package dev.weft.cluster.table;

import dev.weft.cluster.table.TableStore.InterestOffer;
import dev.weft.link.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One entry of the interest table: the subscription's id and the nodes that have subscribers. Immutable. */
record InterestHolders(long subscription, List<Holder> holders) {
    /** @param asserted the term in which the node last said so */
    record Holder(NodeId node, long asserted) {}

    InterestHolders {
        holders = List.copyOf(holders);
    }

    /** The rules of {@link TableStore#addInterest}: the offer stands if the id of what is returned is the offered one, or if it is new. */
    static InterestHolders add(@Nullable InterestHolders present, InterestOffer offer) {
        Holder holder = new Holder(offer.owner(), offer.asserted());
        boolean other = present != null && offer.renewal() && present.subscription != offer.id();
        if (present == null || (other && offer.id() < present.subscription)) {
            return new InterestHolders(offer.id(), List.of(holder));
        }
        if (other || present.holders.contains(holder)) {
            return present;
        }
        List<Holder> holders = new ArrayList<>(present.holders);
        holders.removeIf(before -> before.node().equals(offer.owner()));
        holders.add(holder);
        return new InterestHolders(present.subscription, holders);
    }

    @Nullable
    InterestHolders without(NodeId node) {
        return without(holder -> holder.node().equals(node));
    }

    @Nullable
    InterestHolders without(Stale stale) {
        return without(holder -> stale.includes(holder.node(), holder.asserted()));
    }

    /** What is left without some; null if nothing. */
    private @Nullable InterestHolders without(Predicate<Holder> leaves) {
        if (holders.stream().noneMatch(leaves)) {
            return this;
        }
        List<Holder> left = holders.stream().filter(leaves.negate()).toList();
        return left.isEmpty() ? null : new InterestHolders(subscription, left);
    }

    /** The latest assertion of the owners asked for; 0 if there is none. */
    long latestOf(Stale stale) {
        return holders.stream()
                .filter(holder -> stale.asksFor(holder.node()))
                .mapToLong(Holder::asserted)
                .max()
                .orElse(0);
    }
}
