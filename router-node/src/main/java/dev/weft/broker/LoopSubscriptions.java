package dev.weft.broker;

import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.lane.LongMap;
import dev.weft.link.RoutedMembers;
import dev.weft.link.RoutedMembersAsked;
import dev.weft.link.RoutedRevocation;
import dev.weft.observability.Tallies;
import dev.weft.session.Feature;
import dev.weft.session.Session;
import dev.weft.session.SessionLimits;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Revocation;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one realm's sessions on one event loop, from SUBSCRIBE to UNSUBSCRIBED. The cluster knows of an event
 * loop's interest, not of its subscribers: it is asked with the first of them, and told when the last is gone. Belongs to
 * its event loop.
 */
public final class LoopSubscriptions {
    private final String realm;
    private final LocalLane lane;
    private final SubscriptionTable table;
    private final TableDirectory directory;
    private final SessionLimits limits;
    private final RetainedDelivery retained;
    private final Tallies<BrokerTally> tallies;

    private final Map<LoopSubscription.Key, LoopSubscription> byKey = new HashMap<>();
    private final LongMap<LoopSubscription> byId = new LongMap<>();
    private final LoopMemberships memberships;

    LoopSubscriptions(
            String realm,
            LocalLane lane,
            SubscriptionTable table,
            TableDirectory directory,
            SessionLimits limits,
            RetainedDelivery retained,
            Tallies<BrokerTally> tallies) {
        this.realm = realm;
        this.lane = lane;
        this.table = table;
        this.directory = directory;
        this.limits = limits;
        this.retained = retained;
        this.tallies = tallies;
        this.memberships = new LoopMemberships(realm, lane, table, byId);
        LoopMemberships told = memberships;
        table.watchers().tell(() -> lane.run(told::catchUp));
    }

    /** Null if no session of this event loop is subscribed. */
    @Nullable
    LoopSubscription find(long id) {
        return byId.get(id);
    }

    /** SUBSCRIBE: answered at once if this event loop has a subscriber already, else when every live node knows. */
    public void subscribe(Subscriber subscriber, Subscribe subscribe) {
        LoopSubscription.Key key = new LoopSubscription.Key(subscribe.options().match(), subscribe.topic());
        LoopSubscription subscription = byKey.get(key);
        if (subscription != null && subscriber.memberships().get(subscription.id()) != null) {
            join(subscription, subscriber, subscribe);
            return;
        }
        String full = limits.countSubscription(subscriber.subscriptions(), table.holdings());
        if (full != null) {
            tallies.increment(BrokerTally.REFUSED_AT_LIMIT);
            subscriber.session().refuse(MessageType.SUBSCRIBE, subscribe.request(), WampError.LIMIT_EXCEEDED, full);
            return;
        }
        if (subscription != null && subscription.id() != 0) {
            join(subscription, subscriber, subscribe);
            return;
        }
        subscriber.asked();
        LoopSubscription.Waiter waiter = new LoopSubscription.Waiter(subscriber, subscribe);
        if (subscription != null) {
            subscription.waiters().add(waiter);
            return;
        }
        LoopSubscription asked = new LoopSubscription(key);
        asked.waiters().add(waiter);
        byKey.put(key, asked);
        directory.addInterest(realm, key.match(), key.topic(), lane, answer -> {
            if (answer instanceof TableAnswer.Revoked revoked) {
                revoked(asked, revoked);
            } else {
                answered(asked, answer);
            }
        });
    }

    private void answered(LoopSubscription subscription, TableAnswer answer) {
        List<LoopSubscription.Waiter> waiters = List.copyOf(subscription.waiters());
        subscription.waiters().clear();
        if (answer instanceof TableAnswer.Granted granted) {
            Subscription shared =
                    table.find(subscription.key().match(), subscription.key().topic());
            subscription.granted(granted.id(), shared == null ? null : shared.pressure(realm));
            byId.put(granted.id(), subscription);
        } else {
            byKey.remove(subscription.key());
        }
        for (LoopSubscription.Waiter waiter : waiters) {
            if (!waiter.subscriber().session().isOpen() || !settle(subscription, waiter, answer)) {
                table.holdings().giveBack();
            }
            waiter.subscriber().answered();
        }
        if (subscription.id() != 0 && subscription.size() == 0) {
            leave(subscription, null);
        }
    }

    /** Returns whether the session holds one more subscription now. */
    private boolean settle(LoopSubscription subscription, LoopSubscription.Waiter waiter, TableAnswer answer) {
        if (answer instanceof TableAnswer.Refused refused) {
            waiter.subscriber()
                    .session()
                    .refuse(MessageType.SUBSCRIBE, waiter.subscribe().request(), refused.error(), refused.message());
            return false;
        }
        return join(subscription, waiter.subscriber(), waiter.subscribe());
    }

    /** Another part of the cluster has the subscription with another id. */
    private void revoked(LoopSubscription subscription, TableAnswer.Revoked revoked) {
        if (!byKey.remove(subscription.key(), subscription)) {
            return;
        }
        memberships.changing();
        byId.remove(subscription.id());
        while (subscription.size() > 0) {
            Membership membership = subscription.last();
            removed(subscription, membership);
            membership.subscriber().memberships().remove(subscription.id());
            memberships.left(subscription, membership.session().id());
            tellRevoked(membership.session(), revoked.id(), revoked.reason());
        }
    }

    private static void tellRevoked(Session session, long subscription, String reason) {
        if (session.supports(Feature.SUBSCRIBER_SUBSCRIPTION_REVOCATION)) {
            session.send(new Unsubscribed(0, new Revocation(subscription, reason)));
        } else {
            session.bereft("subscription " + subscription + " was revoked: " + reason);
        }
    }

    /** Another session takes a subscription from one of this event loop. Nothing happens if it does not hold it. */
    public void revoke(RoutedRevocation revocation) {
        LoopSubscription subscription = byId.get(revocation.id());
        for (int i = 0; subscription != null && i < subscription.size(); i++) {
            if (subscription.member(i).id() == revocation.session()) {
                revoke(subscription.membership(i), revocation.reason());
                return;
            }
        }
    }

    /**
     * Takes from a session the subscriptions that it may not keep.
     *
     * @return how many it lost
     */
    public int revoke(Subscriber subscriber, BiPredicate<MatchPolicy, String> mayKeep, String reason) {
        List<Membership> refused = subscriber.memberships().values().stream()
                .filter(held -> !mayKeep.test(
                        held.subscription().key().match(),
                        held.subscription().key().topic()))
                .toList();
        for (Membership membership : refused) {
            // A client that is not told of revocations is aborted with the first.
            if (subscriber.holds(membership.subscription().id())) {
                revoke(membership, reason);
            }
        }
        return refused.size();
    }

    private void revoke(Membership membership, String reason) {
        long id = membership.subscription().id();
        membership.subscriber().memberships().remove(id);
        remove(membership, null);
        tellRevoked(membership.session(), id, reason);
    }

    /** Answers who of this event loop's sessions is subscribed, and since when the node knows of the subscription. */
    public void asked(RoutedMembersAsked asked, Lane from) {
        LoopSubscription subscription = byId.get(asked.id());
        long[] sessions = new long[subscription == null ? 0 : subscription.size()];
        for (int i = 0; subscription != null && i < sessions.length; i++) {
            sessions[i] = subscription.member(i).id();
        }
        Subscription shared = table.byId(asked.id());
        long created = shared == null ? 0 : shared.created();
        int loops = table.watchers().tellers();
        from.send(new RoutedMembers(realm, asked.asker(), asked.question(), loops, created, sessions), lane);
    }

    /** Returns whether it is a subscription that the session did not hold yet. */
    private boolean join(LoopSubscription subscription, Subscriber subscriber, Subscribe subscribe) {
        Session session = subscriber.session();
        boolean held = subscriber.memberships().get(subscription.id()) != null;
        if (held) {
            session.send(new Subscribed(subscribe.request(), subscription.id()));
        } else {
            memberships.changing();
            subscriber.memberships().put(subscription.id(), subscription.add(subscriber));
            tallies.increment(BrokerTally.SUBSCRIBED);
            session.send(new Subscribed(subscribe.request(), subscription.id()));
            memberships.joined(subscription, session.id());
        }
        if (subscribe.options().getRetained()) {
            retained.give(subscription, subscriber);
        }
        return !held;
    }

    /** UNSUBSCRIBE: no event follows; answered when every live node knows, if it was the event loop's last subscriber. */
    public void unsubscribe(Subscriber subscriber, Unsubscribe unsubscribe) {
        Membership membership = subscriber.memberships().remove(unsubscribe.subscription());
        Session session = subscriber.session();
        if (membership == null) {
            session.refuse(
                    MessageType.UNSUBSCRIBE,
                    unsubscribe.request(),
                    WampError.NO_SUCH_SUBSCRIPTION,
                    "the session does not hold subscription " + unsubscribe.subscription());
            return;
        }
        remove(membership, () -> {
            if (session.isOpen()) {
                session.send(new Unsubscribed(unsubscribe.request(), null));
            }
        });
    }

    /** The session ended. */
    public void left(Subscriber subscriber) {
        List<Membership> memberships = List.copyOf(subscriber.memberships().values());
        subscriber.memberships().clear();
        for (Membership membership : memberships) {
            remove(membership, null);
        }
    }

    private void remove(Membership membership, @Nullable Runnable done) {
        LoopSubscription subscription = membership.subscription();
        memberships.changing();
        removed(subscription, membership);
        memberships.left(subscription, membership.session().id());
        if (subscription.size() == 0) {
            leave(subscription, done);
        } else if (done != null) {
            done.run();
        }
    }

    private void removed(LoopSubscription subscription, Membership membership) {
        subscription.remove(membership);
        table.holdings().giveBack();
        tallies.increment(BrokerTally.UNSUBSCRIBED);
    }

    private void leave(LoopSubscription subscription, @Nullable Runnable done) {
        LoopSubscription.Key key = subscription.key();
        byKey.remove(key);
        byId.remove(subscription.id());
        directory.removeInterest(realm, key.match(), key.topic(), lane, done != null ? done : () -> {});
    }
}
