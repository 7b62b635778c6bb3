package dev.weft.lane;

import dev.weft.link.RoutedPressure;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether most of those who get what is sent to one subscription, or most callees of one registration, are behind with it.
 * Those who have stalled do not count: nobody waits for them.
 *
 * <p>Each node counts its own, and tells the nodes from which something was sent to them as long as some are behind. So one
 * that is told asks the others with receivers how many theirs are: until all have answered it cannot be most.
 *
 * <p>Read by all event loops without locks. Whoever changes it takes turns by its lock, which is rare: receivers come and go,
 * and cross the soft mark.
 */
public final class ReceiverPressure implements Congestible {
    /** Whose receivers they are: a subscription or a registration. */
    public interface Audience {
        long id();

        /** Those behind which there are receivers. A copy. */
        Set<Lane> everyLane();
    }

    /** @param known whether the node has answered yet */
    private record Share(boolean known, int receivers, int behind) {}

    private static final Share UNKNOWN = new Share(false, 0, 0);

    /** What it tells again when its number of receivers that are behind has changed by such a part of all. */
    private static final int NEWS = 8;

    private final String realm;
    private final boolean registration;
    private final Audience audience;
    private @Nullable Map<Lane, Share> others;
    private @Nullable Set<Lane> told;
    private int lastTold;
    private int receivers;
    private volatile int behind;
    private volatile boolean congested;
    private int allReceivers;
    private int allBehind;

    /** @param registration whether {@code audience} is one */
    public ReceiverPressure(String realm, boolean registration, Audience audience) {
        this.realm = realm;
        this.registration = registration;
        this.audience = audience;
    }

    /** {@inheritDoc} That is, most receivers are behind. */
    @Override
    public boolean isCongested() {
        return congested;
    }

    /** Those who have not stalled, on all nodes as far as they have told. */
    public synchronized int receivers() {
        return allReceivers;
    }

    /** Those of {@link #receivers} who are behind. */
    public synchronized int behind() {
        return allBehind;
    }

    /**
     * Receivers of this node came, went, or take what they are sent in another way than before.
     *
     * @param moreReceivers who have not stalled
     * @param moreBehind of them, who are behind
     */
    public synchronized void change(int moreReceivers, int moreBehind) {
        receivers += moreReceivers;
        behind += moreBehind;
        decide();
        if (told != null && isNews()) {
            told.forEach(this::tell);
            lastTold = behind;
            told = behind == 0 ? null : told;
        }
    }

    private boolean isNews() {
        boolean most = 2 * behind > receivers;
        return behind == 0 || most != 2 * lastTold > receivers || NEWS * Math.abs(behind - lastTold) > receivers;
    }

    /** Something came for the receivers of this node over {@code from}: another node is told if some are behind. */
    public void sentFrom(Lane from) {
        if (behind > 0 && !(from instanceof LocalLane)) {
            tellFromNowOn(from);
        }
    }

    private synchronized void tellFromNowOn(Lane node) {
        if (told == null) {
            told = new HashSet<>();
            lastTold = behind;
        }
        if (behind > 0 && told.add(node)) {
            tell(node);
        }
    }

    private void tell(Lane node) {
        node.send(new RoutedPressure(realm, registration, audience.id(), false, receivers, behind), node);
    }

    /** What came from another node over {@code node}: a question, or how the receivers there keep up. */
    public synchronized void received(RoutedPressure pressure, Lane node) {
        if (pressure.asks()) {
            tell(node);
            sentFrom(node);
            return;
        }
        if (others == null) {
            others = new IdentityHashMap<>();
        }
        others.put(node, new Share(true, pressure.receivers(), pressure.behind()));
        decide();
    }

    /** Nobody is behind {@code node} any more. */
    public synchronized void forget(Lane node) {
        if (others != null && others.remove(node) != null) {
            decide();
        }
    }

    private void decide() {
        allReceivers = receivers;
        allBehind = behind;
        boolean whole = true;
        if (others != null) {
            for (Share share : others.values()) {
                allReceivers += share.receivers;
                allBehind += share.behind;
                whole &= share.known;
            }
        }
        if (allBehind == 0) {
            others = null;
        }
        congested = 2 * allBehind > allReceivers && !askOthers() && whole;
    }

    /** Whether there is somebody who had not been asked before. */
    private boolean askOthers() {
        boolean asked = false;
        for (Lane node : audience.everyLane()) {
            if (node instanceof LocalLane) {
                continue;
            }
            if (others == null) {
                others = new IdentityHashMap<>();
            }
            if (others.putIfAbsent(node, UNKNOWN) == null) {
                node.send(new RoutedPressure(realm, registration, audience.id(), true, 0, 0), node);
                asked = true;
            }
        }
        return asked;
    }
}
