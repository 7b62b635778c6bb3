package dev.weft.broker;

import dev.weft.lane.Lane;
import dev.weft.lane.ReceiverPressure;
import dev.weft.session.Session;
import dev.weft.transport.Pace;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Subscribe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subscription on one event loop: who of the loop's sessions is subscribed, and who waits for the cluster to know of
 * it. Adding and removing a subscriber takes the same time however many there are. Belongs to its event loop.
 */
final class LoopSubscription {
    /** Names a subscription before its id is known. */
    record Key(MatchPolicy match, String topic) {}

    /** A SUBSCRIBE that is not answered yet. */
    record Waiter(Subscriber subscriber, Subscribe subscribe) {}

    private final Key key;
    private final List<Waiter> waiters = new ArrayList<>(1);
    private final ArrayList<Membership> members = new ArrayList<>(1);
    private @Nullable RetainedHandover handover;
    private @Nullable ReceiverPressure pressure;
    private long id;

    LoopSubscription(Key key) {
        this.key = key;
    }

    Key key() {
        return key;
    }

    /** 0 until the cluster granted it. */
    long id() {
        return id;
    }

    /** @param shared by all event loops of the node; null if the subscription is gone already */
    void granted(long subscription, @Nullable ReceiverPressure shared) {
        id = subscription;
        pressure = shared;
    }

    /** Something was sent to the subscribers over {@code from}. */
    void sentFrom(Lane from) {
        if (pressure != null) {
            pressure.sentFrom(from);
        }
    }

    /** One of its subscribers takes what it is sent in another way than before. */
    void paceChanged(Pace before, Pace now) {
        count(now.counted() - before.counted(), now.behind() - before.behind());
    }

    private void count(int moreReceivers, int moreBehind) {
        if (pressure != null) {
            pressure.change(moreReceivers, moreBehind);
        }
    }

    /** Made when it is first asked for. */
    RetainedHandover handover() {
        RetainedHandover present = handover;
        if (present == null) {
            present = new RetainedHandover();
            handover = present;
        }
        return present;
    }

    /** Null if no subscriber ever asked for what is retained. */
    @Nullable
    RetainedHandover handoverIfAny() {
        return handover;
    }

    List<Waiter> waiters() {
        return waiters;
    }

    Membership add(Subscriber subscriber) {
        Membership membership = new Membership(subscriber, this, members.size());
        members.add(membership);
        Pace pace = subscriber.session().connection().pace();
        count(pace.counted(), pace.behind());
        return membership;
    }

    void remove(Membership membership) {
        Pace pace = membership.session().connection().pace();
        count(-pace.counted(), -pace.behind());
        Membership last = members.remove(members.size() - 1);
        if (last != membership) {
            members.set(membership.index(), last);
            last.moveTo(membership.index());
        }
    }

    /** Whoever can be removed at the least cost. */
    Membership last() {
        return members.get(members.size() - 1);
    }

    int size() {
        return members.size();
    }

    Membership membership(int index) {
        return members.get(index);
    }

    Session member(int index) {
        return members.get(index).session();
    }
}
