package dev.weft.broker;

import dev.weft.directory.EventDirectory;
import dev.weft.directory.TableDirectory;
import dev.weft.directory.TopicHistory;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedEvent;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.GlobalIds;
import dev.weft.session.Session;
import dev.weft.session.SessionLimits;
import dev.weft.session.Standing;
import dev.weft.tracing.Operation;
import dev.weft.tracing.Span;
import dev.weft.tracing.Tracing;
import dev.weft.uri.Matches;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.TraceContext;
import dev.weft.wamp.WampError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The broker of one realm on one event loop. Takes what the loop's sessions publish to every lane with an interest, and
 * what comes over the loop's lane to the loop's subscribers, who are kept by {@link LoopSubscriptions}. URIs are checked
 * before it is called. Belongs to its event loop.
 */
public final class Broker {
    private final String realm;
    private final LocalLane lane;
    private final SubscriptionTable table;
    private final EventDirectory kept;
    private final GlobalIds publications = new GlobalIds();
    private final DisclosurePolicy disclosure;

    private final Matches<Subscription> matches = new Matches<>();
    private final List<Lane> interested = new ArrayList<>();
    private final List<TopicHistory> histories = new ArrayList<>(1);
    private final BrokerCounters counters = new BrokerCounters();
    private final EventFanOut fanOut = new EventFanOut(counters.tallies());
    private final LoopSubscriptions subscriptions;
    private Tracing tracing = Tracing.OFF;

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
        this.kept = kept;
        this.disclosure = disclosure;
        RetainedDelivery retained = new RetainedDelivery(realm, lane, kept, fanOut);
        this.subscriptions = new LoopSubscriptions(realm, lane, table, directory, limits, retained, counters.tallies());
    }

    /** Who of the loop's sessions is subscribed to what. */
    public LoopSubscriptions subscriptions() {
        return subscriptions;
    }

    /** Has publications and events recorded from now on. */
    public void tracedBy(Tracing other) {
        tracing = other;
        fanOut.tracedBy(other);
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
        TraceContext parent = publish.options().trace();
        Span span = tracing.begin(Operation.PUBLISH, realm, publish.topic(), parent);
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
                    details(publisher, publish.options(), standing, span == null ? parent : span.context()),
                    publish.options().receivers(),
                    publish.payload());
            RoutedEvent routed = route(publisher, event);
            end(span, publication);
            publisher.sent(publish.payload().length(), Subscription.congestedOf(matches));
            int keepers = histories.size() + (retain ? 1 : 0);
            if (keepers > 0) {
                keep(routed, retain, acknowledgement(publisher, publish, publication, keepers));
                return;
            }
        } else {
            end(span, publication);
        }
        if (publish.options().acknowledge()) {
            publisher.send(new Published(publish.request(), publication));
        }
    }

    private void end(@Nullable Span span, long publication) {
        if (span != null) {
            span.note("wamp.publication", publication);
            span.note("weft.lanes", interested.size());
            span.end(interested.isEmpty() ? "unmatched" : "routed", null);
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

    private static EventDetails details(
            Session publisher, PublishOptions options, Standing standing, @Nullable TraceContext trace) {
        boolean disclosed = standing.discloses(options.discloseMe());
        if (!disclosed && standing.trustlevel() < 0 && options.ppt() == null && !options.retain() && trace == null) {
            return EventDetails.DEFAULT;
        }
        return new EventDetails(
                disclosed ? publisher.identity() : null,
                null,
                options.retain(),
                standing.trustlevel(),
                options.ppt(),
                trace);
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
        fanOut.begin(event);
        int receivers = 0;
        for (long id : event.subscriptions()) {
            LoopSubscription subscription = subscriptions.find(id);
            if (subscription != null) {
                receivers += fanOut.deliver(event, subscription);
                subscription.sentFrom(from);
            }
        }
        fanOut.end(receivers);
        counters.receivers().record(receivers);
    }
}
