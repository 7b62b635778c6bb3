package dev.weft.node.metrics;

import dev.weft.broker.BrokerTally;
import dev.weft.dealer.CallOutcome;
import dev.weft.dealer.CallScope;
import dev.weft.dealer.DealerTally;
import dev.weft.dealer.InvocationTally;
import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;
import dev.weft.observability.Tallies;
import dev.weft.realm.LoopRealm;
import dev.weft.realm.OnDemandRealms;
import dev.weft.realm.RealmFigures;
import dev.weft.realm.RealmRegistry;
import dev.weft.realm.RealmTables;
import dev.weft.session.SessionTally;
import dev.weft.wamp.MatchPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What goes on in realms. Those beyond the first hundred, and those that are made on demand, are summed up, so that there is a
 * bound to what is published.
 */
public final class RealmMetrics implements MetricSource {
    private static final int NAMED = 100;
    private static final String OTHER = "other";

    private final Supplier<List<LoopRealm>> realms;
    private final OnDemandRealms onDemand;
    private final RealmRegistry registry;

    /** @param realms those of all event loops that do not come and go */
    public RealmMetrics(Supplier<List<LoopRealm>> realms, OnDemandRealms onDemand, RealmRegistry registry) {
        this.realms = realms;
        this.onDemand = onDemand;
        this.registry = registry;
    }

    @Override
    public void collect(MetricSamples into) {
        Set<String> named = new HashSet<>();
        for (LoopRealm realm : realms.get()) {
            if (named.size() < NAMED) {
                named.add(realm.uri());
            }
            add(realm.figures(), named.contains(realm.uri()) ? realm.uri() : OTHER, into);
        }
        add(onDemand.figures(), OTHER, into);
        into.add(MetricCatalog.REALMS_ON_DEMAND, onDemand.size());
        into.add(MetricCatalog.REALMS_ON_DEMAND_MADE_TOTAL, onDemand.opened());
        long[] entries = new long[3];
        registry.forEach((uri, tables) -> {
            tables(tables, named.contains(uri) ? uri : OTHER, into);
            entries[0] += tables.sessions().size();
            entries[1] += tables.subscriptions().size();
            entries[2] += tables.registrations().size();
        });
        into.add(MetricCatalog.TABLE_ENTRIES, entries[0], "sessions");
        into.add(MetricCatalog.TABLE_ENTRIES, entries[1], "subscriptions");
        into.add(MetricCatalog.TABLE_ENTRIES, entries[2], "registrations");
    }

    private static void add(RealmFigures realm, String label, MetricSamples into) {
        sessions(realm, label, into);
        events(realm, label, into);
        calls(realm, label, into);
    }

    /** Of a pair, the one that comes second in time is read first, so that none is ever less than nothing. */
    private static void sessions(RealmFigures realm, String label, MetricSamples into) {
        Tallies<SessionTally> sessions = realm.sessions().tallies();
        long ended = sessions.get(SessionTally.ENDED);
        long opened = sessions.get(SessionTally.OPENED);
        into.add(MetricCatalog.SESSIONS, opened - ended, label);
        into.add(MetricCatalog.SESSIONS_OPENED_TOTAL, opened, label);
        into.add(
                MetricCatalog.SESSION_DURATION_SECONDS, List.of(realm.sessions().lifetimes()), label);
    }

    private static void events(RealmFigures realm, String label, MetricSamples into) {
        Tallies<BrokerTally> broker = realm.broker().tallies();
        into.add(MetricCatalog.PUBLICATIONS_TOTAL, broker.get(BrokerTally.PUBLISHED), label);
        into.add(MetricCatalog.PUBLICATIONS_UNMATCHED_TOTAL, broker.get(BrokerTally.UNMATCHED), label);
        into.add(MetricCatalog.PUBLICATIONS_FORWARDED_TOTAL, broker.get(BrokerTally.FORWARDED), label);
        into.add(MetricCatalog.EVENTS_DELIVERED_TOTAL, broker.get(BrokerTally.DELIVERED), label);
        into.add(MetricCatalog.EVENTS_WITHHELD_TOTAL, broker.get(BrokerTally.WITHHELD), label);
        long gone = broker.get(BrokerTally.UNSUBSCRIBED);
        into.add(MetricCatalog.SUBSCRIBERS, broker.get(BrokerTally.SUBSCRIBED) - gone, label);
        into.add(MetricCatalog.SUBSCRIPTIONS_REFUSED_TOTAL, broker.get(BrokerTally.REFUSED_AT_LIMIT), label);
        into.add(MetricCatalog.EVENT_RECEIVERS, List.of(realm.broker().receivers()));
    }

    private static void calls(RealmFigures realm, String label, MetricSamples into) {
        Tallies<CallOutcome> outcomes = realm.dealer().outcomes();
        long ended = 0;
        for (CallOutcome outcome : CallOutcome.values()) {
            long count = outcomes.get(outcome);
            ended += count;
            into.add(MetricCatalog.CALLS_TOTAL, count, label, outcome.name().toLowerCase(Locale.ROOT));
        }
        Tallies<DealerTally> dealer = realm.dealer().tallies();
        into.add(MetricCatalog.CALLS_IN_FLIGHT, dealer.get(DealerTally.CALLED) - ended, label);
        into.add(MetricCatalog.CALLS_REROUTED_TOTAL, dealer.get(DealerTally.REROUTED), label);
        into.add(MetricCatalog.CALLS_ROUTED_TOTAL, dealer.get(DealerTally.ROUTED_LOCAL), label, "local");
        into.add(MetricCatalog.CALLS_ROUTED_TOTAL, dealer.get(DealerTally.ROUTED_REMOTE), label, "remote");
        for (CallScope scope : CallScope.values()) {
            into.add(
                    MetricCatalog.CALL_DURATION_SECONDS,
                    List.of(realm.dealer().latency(scope)),
                    label,
                    scope.name().toLowerCase(Locale.ROOT));
        }
        Tallies<InvocationTally> invocations = realm.invocations();
        long answered = invocations.get(InvocationTally.ENDED);
        long invoked = invocations.get(InvocationTally.INVOKED);
        into.add(MetricCatalog.INVOCATIONS_TOTAL, invoked, label);
        into.add(MetricCatalog.INVOCATIONS_PENDING, invoked - answered, label);
        into.add(MetricCatalog.CALLS_QUEUED_TOTAL, invocations.get(InvocationTally.QUEUED), label);
        into.add(MetricCatalog.CALLS_QUEUE_FULL_TOTAL, invocations.get(InvocationTally.QUEUE_FULL), label);
        into.add(MetricCatalog.REGISTRATIONS_REFUSED_TOTAL, invocations.get(InvocationTally.REFUSED_AT_LIMIT), label);
        into.add(MetricCatalog.CALLS_GIVEN_BACK_TOTAL, invocations.get(InvocationTally.GIVEN_BACK), label);
    }

    private static void tables(RealmTables tables, String label, MetricSamples into) {
        for (MatchPolicy match : MatchPolicy.values()) {
            into.add(MetricCatalog.SUBSCRIPTIONS, tables.subscriptions().size(match), label, match.text());
            into.add(MetricCatalog.REGISTRATIONS, tables.registrations().size(match), label, match.text());
        }
    }
}
