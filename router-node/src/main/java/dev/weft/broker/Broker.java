package dev.weft.broker;

import dev.weft.directory.EventDirectory;
import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory;
import dev.weft.directory.TopicHistory;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.lane.LongMap;
import dev.weft.link.RoutedEvent;
import dev.weft.link.RoutedMembers;
import dev.weft.link.RoutedMembersAsked;
import dev.weft.link.RoutedRevocation;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.Feature;
import dev.weft.session.GlobalIds;
import dev.weft.session.Session;
import dev.weft.session.SessionLimits;
import dev.weft.session.Standing;
import dev.weft.uri.Matches;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.Revocation;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The broker of one realm on one event loop. Takes what the loop's sessions publish to every lane with an interest, and
 * what comes over the loop's lane to the loop's subscribers. URIs are checked before it is called. Belongs to its event
 * loop.
 */
public final class Broker {
    private final String realm;
    private final LocalLane lane;
    private final SubscriptionTable table;
    private final TableDirectory directory;
    private final SessionLimits limits;
    private final EventDirectory kept;
    private final GlobalIds publications = new GlobalIds();
    private final DisclosurePolicy disclosure;

    private final Map<LoopSubscription.Key, LoopSubscription> byKey = new HashMap<>();
    private final LongMap<LoopSubscription> byId = new LongMap<>();
    private final Matches<Subscription> matches = new Matches<>();
    private final List<Lane> interested = new ArrayList<>();
    private final List<TopicHistory> histories = new ArrayList<>(1);
    private final BrokerCounters counters = new BrokerCounters();
    private final EventFanOut fanOut = new EventFanOut(counters.tallies());
    private final LoopMemberships memberships;

    public Broker(
            String realm,
            LocalLane lane,
            SubscriptionTable table,
            TableDirectory directory,
            SessionLimits limits,
            EventDirectory kept,
            DisclosurePolicy disclosure) {
        this.realm = realm;
        this.lane = lane;
        this.table = table;
        this.directory = directory;
        this.limits = limits;
        this.kept = kept;
        this.disclosure = disclosure;
        this.memberships = new LoopMemberships(realm, lane, table, byId);
        LoopMemberships told = memberships;
        table.watchers().tell(() -> lane.run(told::catchUp));
    }

    /** What it has done. Any thread. */
    public BrokerCounters counters() {
        return counters;
    }

    /** PUBLISH: to every lane with an interest, then PUBLISHED if the publisher asked for it. */
    public void publish(Session publisher, Publish publish) {
        Standing standing = disclosure.ofPublisher(publisher.identity(), publish.topic());
        if (standing.refuses(publish.options().discloseMe())) {
            refuse(publisher, publish);
            return;
        }
        boolean retain = publish.options().retain();
        if (retain && isRefusedToRetain(publisher, publish)) {
            return;
        }
        long publication = publications.next();
        table.match(publish.topic(), matches);
        counters.tallies().increment(BrokerTally.PUBLISHED);
        gatherInterested();
        if (interested.isEmpty()) {
            counters.tallies().increment(BrokerTally.UNMATCHED);
        }
        if (matches.size() > 0 || retain) {
            long excluded = publish.options().excludeMe() ? publisher.id() : 0;
            RoutedEvent event = new RoutedEvent(
                    realm,
                    publication,
                    publish.topic(),
                    matchedIds(),
                    excluded,
                    details(publisher, publish.options(), standing),
                    publish.options().receivers(),
                    publish.payload());
            RoutedEvent routed = route(publisher, event);
            publisher.sent(publish.payload().length(), Subscription.congestedOf(matches));
            int keepers = histories.size() + (retain ? 1 : 0);
            if (keepers > 0) {
                keep(routed, retain, acknowledgement(publisher, publish, publication, keepers));
                return;
            }
        }
        if (publish.options().acknowledge()) {
            publisher.send(new Published(publish.request(), publication));
        }
    }

    /** Who wants to know is refused; who does not has the event delivered, and it is not retained. */
    private boolean isRefusedToRetain(Session publisher, Publish publish) {
        if (!publish.options().acknowledge() || publish.payload().isEmpty()) {
            return false;
        }
        String refusal = kept.refusal(realm, publish.topic(), publish.payload().length());
        if (refusal != null) {
            publisher.refuse(MessageType.PUBLISH, publish.request(), WampError.LIMIT_EXCEEDED, refusal);
        }
        return refusal != null;
    }

    /** Null if nobody wants to know that all who keep the event have it. */
    private @Nullable Runnable acknowledgement(Session publisher, Publish publish, long publication, int keepers) {
        return publish.options().acknowledge()
                ? new Countdown(
                        keepers, () -> lane.run(() -> publisher.send(new Published(publish.request(), publication))))
                : null;
    }

    private void keep(RoutedEvent event, boolean retain, @Nullable Runnable done) {
        for (int i = 0; i < histories.size(); i++) {
            histories.get(i).record(event, done);
        }
        if (retain) {
            kept.retain(event, done == null ? () -> {} : done);
        }
    }

    /** Whoever did not ask for an answer gets none, and the publication is dropped ("Publisher Identification"). */
    private static void refuse(Session publisher, Publish publish) {
        if (publish.options().acknowledge()) {
            publisher.refuse(
                    MessageType.PUBLISH,
                    publish.request(),
                    WampError.DISCLOSE_ME_DISALLOWED,
                    "publishers are not disclosed to the subscribers of " + publish.topic());
        }
    }

    private static EventDetails details(Session publisher, PublishOptions options, Standing standing) {
        boolean disclosed = standing.discloses(options.discloseMe());
        if (!disclosed && standing.trustlevel() < 0 && options.ppt() == null && !options.retain()) {
            return EventDetails.DEFAULT;
        }
        return new EventDetails(
                disclosed ? publisher.identity() : null, null, options.retain(), standing.trustlevel(), options.ppt());
    }

    private long[] matchedIds() {
        long[] ids = new long[matches.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = matches.get(i).id();
        }
        return ids;
    }

    /**
     * Others first, so that a lane to another core has work while this one delivers to its own subscribers.
     *
     * @return the event, in the form in which others have it
     */
    private RoutedEvent route(Session publisher, RoutedEvent event) {
        boolean here = false;
        RoutedEvent kept = event;
        for (int i = 0; i < interested.size(); i++) {
            Lane to = interested.get(i);
            if (to == lane) {
                here = true;
            } else {
                kept = kept.keep();
                to.send(kept, lane);
                counters.tallies().increment(BrokerTally.FORWARDED);
                publisher.fed(to);
            }
        }
        if (here) {
            deliver(event, lane);
        }
        return kept;
    }

    /** Lanes and histories of what was matched. */
    private void gatherInterested() {
        interested.clear();
        histories.clear();
        for (int i = 0; i < matches.size(); i++) {
            TopicHistory history = matches.get(i).history();
            if (history != null) {
                histories.add(history);
            }
            for (Lane to : matches.get(i).lanes()) {
                // One subscription has each lane once: no need to look through a hundred of them.
                if (i == 0 || !interested.contains(to)) {
                    interested.add(to);
                }
            }
        }
    }

    /** An event came over the lane: to the subscribers of this event loop. */
    public void deliver(RoutedEvent event, Lane from) {
        fanOut.begin();
        int receivers = 0;
        for (long id : event.subscriptions()) {
            LoopSubscription subscription = byId.get(id);
            if (subscription != null) {
                receivers += fanOut.deliver(event, subscription);
                subscription.sentFrom(from);
            }
        }
        counters.receivers().record(receivers);
    }

    /** SUBSCRIBE: answered at once if this event loop has a subscriber already, else when every live node knows. */
    public void subscribe(Subscriber subscriber, Subscribe subscribe) {
        LoopSubscription.Key key = new LoopSubscription.Key(subscribe.options().match(), subscribe.topic());
        LoopSubscription subscription = byKey.get(key);
        if (subscription != null && subscriber.memberships().get(subscription.id()) != null) {
            join(subscription, subscriber, subscribe);
            return;
        }
        if (subscriber.subscriptions() >= limits.maxSubscriptions()) {
            refuseAtLimit(subscriber.session(), subscribe.request());
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

    private void refuseAtLimit(Session session, long request) {
        session.refuse(
                MessageType.SUBSCRIBE,
                request,
                WampError.LIMIT_EXCEEDED,
                "a session may hold " + limits.maxSubscriptions() + " subscriptions");
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
            if (waiter.subscriber().session().isOpen()) {
                settle(subscription, waiter, answer);
            }
            waiter.subscriber().answered();
        }
        if (subscription.id() != 0 && subscription.size() == 0) {
            leave(subscription, null);
        }
    }

    private void settle(LoopSubscription subscription, LoopSubscription.Waiter waiter, TableAnswer answer) {
        if (answer instanceof TableAnswer.Refused refused) {
            waiter.subscriber()
                    .session()
                    .refuse(MessageType.SUBSCRIBE, waiter.subscribe().request(), refused.error(), refused.message());
        } else {
            join(subscription, waiter.subscriber(), waiter.subscribe());
        }
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

    private void join(LoopSubscription subscription, Subscriber subscriber, Subscribe subscribe) {
        Session session = subscriber.session();
        if (subscriber.memberships().get(subscription.id()) != null) {
            session.send(new Subscribed(subscribe.request(), subscription.id()));
        } else {
            memberships.changing();
            subscriber.memberships().put(subscription.id(), subscription.add(subscriber));
            counters.tallies().increment(BrokerTally.SUBSCRIBED);
            session.send(new Subscribed(subscribe.request(), subscription.id()));
            memberships.joined(subscription, session.id());
        }
        if (subscribe.options().getRetained()) {
            giveRetained(subscription, subscriber);
        }
    }

    /**
     * What is retained is asked for when events come already, so that there is no gap; an event that came meanwhile is as
     * new as what was found, or newer. It is asked for twice, because an event that was published before may be on its way
     * into the store.
     */
    private void giveRetained(LoopSubscription subscription, Subscriber subscriber) {
        RetainedHandover handover = subscription.handover();
        RetainedHandover.Lookup lookup = handover.begin();
        giveRetained(
                subscription,
                subscriber,
                lookup,
                () -> lane.schedule(
                        RetainedHandover.SETTLED_MILLIS,
                        () -> giveRetained(subscription, subscriber, lookup, () -> handover.end(lookup))));
    }

    private void giveRetained(
            LoopSubscription subscription, Subscriber subscriber, RetainedHandover.Lookup lookup, Runnable then) {
        LoopSubscription.Key key = subscription.key();
        Session session = subscriber.session();
        RetainedHandover handover = subscription.handover();
        kept.newest(realm, key.match(), key.topic(), session.identity(), lane, event -> {
            boolean held = session.isOpen() && subscriber.memberships().get(subscription.id()) != null;
            if (event != null
                    && held
                    && !lookup.saw(event.topic())
                    && !handover.hasGiven(event.publication(), session.id())) {
                handover.given(event, session.id());
                fanOut.deliverRetained(event, subscription, session);
                lane.schedule(RetainedHandover.REMEMBERED_MILLIS, () -> handover.forget(event.publication()));
            }
            then.run();
        });
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
        counters.tallies().increment(BrokerTally.UNSUBSCRIBED);
    }

    private void leave(LoopSubscription subscription, @Nullable Runnable done) {
        LoopSubscription.Key key = subscription.key();
        byKey.remove(key);
        byId.remove(subscription.id());
        directory.removeInterest(realm, key.match(), key.topic(), lane, done != null ? done : () -> {});
    }
}
