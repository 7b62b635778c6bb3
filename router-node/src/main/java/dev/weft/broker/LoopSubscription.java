package dev.weft.broker;

import dev.weft.session.Session;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * One subscription on one event loop: who of the loop's sessions is subscribed, and who waits for the cluster to know of
 * it. Adding and removing a subscriber takes the same time however many there are. Belongs to its event loop.
 */
final class LoopSubscription {
    /** Names a subscription before its id is known. */
    record Key(MatchPolicy match, String topic) {}

    /** A SUBSCRIBE that is not answered yet. */
    record Waiter(Subscriber subscriber, long request) {}

    private final Key key;
    private final List<Waiter> waiters = new ArrayList<>(1);
    private final ArrayList<Membership> members = new ArrayList<>(1);
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

    void granted(long subscription) {
        id = subscription;
    }

    List<Waiter> waiters() {
        return waiters;
    }

    Membership add(Subscriber subscriber) {
        Membership membership = new Membership(subscriber, this, members.size());
        members.add(membership);
        return membership;
    }

    void remove(Membership membership) {
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
