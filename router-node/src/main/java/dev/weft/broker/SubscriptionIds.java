package dev.weft.broker;

import dev.weft.wamp.MatchPolicy;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions by id. A hash table with open addressing of nothing but the subscriptions themselves, which know their
 * ids: a map with boxed keys takes longer to fill than all else that a node does with an entry it is told.
 *
 * <p>Threads: any number of readers, without locks, beside one writer at a time.
 */
final class SubscriptionIds {
    private static final VarHandle PLACES = MethodHandles.arrayElementVarHandle(Subscription[].class);
    private static final int SMALLEST = 16;

    /** Where one was removed: probes go on behind it. */
    private static final Subscription GONE = new Subscription(MatchPolicy.EXACT, "");

    private volatile @Nullable Subscription[] places = new Subscription[SMALLEST];
    /** Not null; only the writer's. */
    private int taken;

    private int size;

    @Nullable
    Subscription find(long id) {
        @Nullable Subscription[] current = places;
        for (int index = place(id, current); ; index = next(index, current)) {
            Subscription found = (Subscription) PLACES.getAcquire(current, index);
            if (found == null) {
                return null;
            }
            if (found.id() == id && found != GONE) {
                return found;
            }
        }
    }

    /** Adds a subscription that is not there, under the id that it has. */
    void add(Subscription subscription) {
        if ((taken + 1) * 2 > places.length) {
            layAnew();
        }
        if (fill(places, subscription)) {
            taken++;
        }
        size++;
    }

    /** @param id under which it was added */
    void remove(long id, Subscription subscription) {
        @Nullable Subscription[] current = places;
        for (int index = place(id, current); current[index] != null; index = next(index, current)) {
            if (current[index] == subscription) {
                PLACES.setRelease(current, index, GONE);
                size--;
                return;
            }
        }
    }

    /** At most a third full: half as many again can be added before the next. */
    private void layAnew() {
        @Nullable Subscription[] fresh = new Subscription[Math.max(SMALLEST, Integer.highestOneBit(size * 3) << 1)];
        for (Subscription subscription : places) {
            if (subscription != null && subscription != GONE) {
                fill(fresh, subscription);
            }
        }
        taken = size;
        places = fresh;
    }

    /** Answers whether nothing ever was in the place that it took. */
    private static boolean fill(@Nullable Subscription[] into, Subscription subscription) {
        int index = place(subscription.id(), into);
        while (into[index] != null && into[index] != GONE) {
            index = next(index, into);
        }
        boolean fresh = into[index] == null;
        PLACES.setRelease(into, index, subscription);
        return fresh;
    }

    /** Ids are hashes. */
    private static int place(long id, @Nullable Subscription[] in) {
        return (int) id & (in.length - 1);
    }

    private static int next(int index, @Nullable Subscription[] in) {
        return (index + 1) & (in.length - 1);
    }
}
