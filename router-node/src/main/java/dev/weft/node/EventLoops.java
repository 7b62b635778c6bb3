package dev.weft.node;

import dev.weft.auth.Authentication;
import dev.weft.authorization.AuthorizationCounters;
import dev.weft.authorization.LoopAuthorizer;
import dev.weft.broker.Broker;
import dev.weft.cluster.table.RetainLimits;
import dev.weft.config.LimitsConfig;
import dev.weft.config.NodeConfig;
import dev.weft.config.OnDemandConfig;
import dev.weft.config.RealmCatalog;
import dev.weft.config.RealmConfig;
import dev.weft.config.RealmLimitsConfig;
import dev.weft.config.RequestIds;
import dev.weft.config.UriCheck;
import dev.weft.dealer.Dealer;
import dev.weft.dealer.Invocations;
import dev.weft.directory.EventDirectory;
import dev.weft.directory.MetaDirectory;
import dev.weft.directory.RealmDirectory;
import dev.weft.directory.TableDirectory;
import dev.weft.lane.LaneReceiver;
import dev.weft.lane.LocalLane;
import dev.weft.meta.MetaAccess;
import dev.weft.meta.MetaApi;
import dev.weft.meta.RegistrationMetaApi;
import dev.weft.meta.SessionMetaApi;
import dev.weft.meta.SubscriptionMetaApi;
import dev.weft.meta.TestamentMetaApi;
import dev.weft.realm.LoopDisclosure;
import dev.weft.realm.LoopRealm;
import dev.weft.realm.LoopRealms;
import dev.weft.realm.OnDemandRealms;
import dev.weft.realm.RealmCalls;
import dev.weft.realm.RealmRegistry;
import dev.weft.realm.RealmRules;
import dev.weft.realm.RealmSettings;
import dev.weft.realm.RealmTables;
import dev.weft.session.ClientStatus;
import dev.weft.session.DrainPlan;
import dev.weft.session.GlobalIds;
import dev.weft.session.HandshakeCounters;
import dev.weft.session.LoopSessions;
import dev.weft.session.SessionDirectory;
import dev.weft.session.SessionHandshake;
import dev.weft.session.SessionLimits;
import dev.weft.session.SessionQuotas;
import dev.weft.session.SharedRates;
import dev.weft.tracing.Tracing;
import dev.weft.transport.AcceptingLoop;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializers;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What stands on each event loop of this node: its lane, its part of every realm, its way in for connections. */
final class EventLoops implements OnDemandRealms.Source {
    private static final long SWEEP_MILLIS = 1000;

    private final List<LocalLane> lanes = new ArrayList<>();
    private final List<LoopRealms> realms = new ArrayList<>();
    private final List<LoopRealm> realmsHere = new CopyOnWriteArrayList<>();
    private final List<LoopSessions> sessions = new ArrayList<>();
    private final List<EventLoop> loops;
    private volatile NodeConfig config;
    private volatile RealmCatalog catalog;
    private final OnDemandRealms onDemand;
    private volatile Function<String, List<LoopRealm>> maker = uri -> List.of();
    private final RealmRegistry registry;
    private final Authentication authentication;
    private final AuthorizationCounters denials = new AuthorizationCounters();
    private final SessionQuotas quotas;
    private final SharedRates rates;
    private final RealmCalls calls;
    private final Tracing tracing;

    /**
     * Lanes to the event loops; nothing answers there until {@link #furnish}.
     *
     * @param directory decides which realms on demand there are
     */
    EventLoops(
            List<EventLoop> loops,
            NodeConfig config,
            RealmRegistry registry,
            Authentication authentication,
            RealmCalls calls,
            RealmDirectory directory,
            Tracing tracing) {
        this.calls = calls;
        this.tracing = tracing;
        this.authentication = authentication;
        this.loops = loops;
        this.config = config;
        this.catalog = new RealmCatalog(config.realms());
        this.registry = registry;
        this.quotas = new SessionQuotas(
                config.limits().maxSessionsPerRealm(),
                config.limits().maxSessionsPerPrincipal(),
                config.limits().maxSessionsPerAddress());
        this.rates = new SharedRates(
                config.limits().maxMessageRatePerPrincipal(), config.limits().maxMessageRatePerAddress());
        for (EventLoop loop : loops) {
            LoopRealms here = new LoopRealms();
            realms.add(here);
            lanes.add(new LocalLane(lanes.size(), loop, here));
        }
        this.onDemand = new OnDemandRealms(this, registry, directory, lanes, realms, System::nanoTime);
    }

    /** How much of the meta API the clients of a realm have. */
    static MetaAccess metaAccess(RealmCatalog realms, String uri) {
        RealmConfig realm = realms.find(uri);
        return realm == null ? MetaAccess.OFF : access(realm);
    }

    private static MetaAccess access(RealmConfig realm) {
        return switch (realm.metaApi()) {
            case OFF -> MetaAccess.OFF;
            case READ -> MetaAccess.READ;
            case FULL -> MetaAccess.FULL;
        };
    }

    /** How much each realm may retain; those on demand nothing. */
    static Map<String, RetainLimits> retainLimits(RealmCatalog realms) {
        return realms.named().stream()
                .collect(Collectors.toMap(
                        RealmConfig::uri,
                        realm -> new RetainLimits(
                                realm.retain().maxTopics(),
                                realm.retain().maxBytes().bytes())));
    }

    List<LocalLane> lanes() {
        return lanes;
    }

    /** Sets up broker and dealer of each realm on each event loop. Called before links and listeners are opened. */
    synchronized void furnish(TableDirectory directory, MetaDirectory meta, EventDirectory kept) {
        for (int i = 0; i < lanes.size(); i++) {
            for (RealmConfig realm : catalog.named()) {
                LoopRealm here = realmOn(lanes.get(i), realm.uri(), realm, directory, meta, kept);
                realms.get(i).add(here);
                realmsHere.add(here);
            }
            realms.get(i).makeOnDemand(onDemand, i);
            calls.add(lanes.get(i), realms.get(i));
        }
        maker = uri -> lanes.stream()
                .map(lane -> realmOn(lane, uri, Objects.requireNonNull(catalog.find(uri)), directory, meta, kept))
                .toList();
        if (catalog.makesRealms()) {
            sweep();
        }
    }

    private void sweep() {
        onDemand.sweep();
        lanes.get(0).schedule(SWEEP_MILLIS, this::sweep);
    }

    @Override
    public OnDemandRealms.@Nullable Kind kind(String uri) {
        RealmConfig realm = catalog.findOnDemand(uri);
        OnDemandConfig made = realm == null ? null : realm.onDemand();
        return realm == null || made == null
                ? null
                : new OnDemandRealms.Kind(
                        realm.uri(),
                        authentication.of(realm.uri()),
                        made.maxRealms(),
                        made.idleTimeout().toNanos());
    }

    @Override
    public List<LoopRealm> make(String uri) {
        return maker.apply(uri);
    }

    private LoopRealm realmOn(
            LocalLane lane,
            String uri,
            RealmConfig realm,
            TableDirectory directory,
            MetaDirectory meta,
            EventDirectory kept) {
        SessionLimits limits = sessionLimits(config.limits())
                .in(new SessionLimits.OfRealm(
                        RealmLimitsConfig.atMost(realm.limits().maxSubscriptions()),
                        RealmLimitsConfig.atMost(realm.limits().maxRegistrations())));
        RealmRules rules = rules(uri, realm);
        RealmTables tables = registry.tables(uri);
        RealmSettings settings = new RealmSettings(
                uri,
                authentication.of(realm.uri()),
                realm.uriCheck() == UriCheck.STRICT,
                realm.requestIds() == RequestIds.STRICT,
                access(realm),
                new LoopDisclosure(rules.disclosure()));
        LoopRealm here = new LoopRealm(
                settings,
                new Broker(uri, lane, tables.subscriptions(), directory, limits, kept, settings.disclosure()),
                new Dealer(uri, lane, tables.registrations(), limits, settings.disclosure()),
                new Invocations(uri, lane, tables.registrations(), directory, limits, settings.disclosure()),
                metaApi(settings, tables, lane, meta),
                rules);
        here.tracedBy(tracing);
        return here;
    }

    /** For one event loop. */
    private RealmRules rules(String uri, RealmConfig realm) {
        return new RealmRules(
                new LoopAuthorizer(ConfiguredRoles.permissions(realm), denials),
                ConfiguredDisclosure.of(realm),
                ConfiguredRoles.limits(realm, config.limits(), quotas, rates),
                ConfiguredProcedures.of(uri, realm, config.realms()));
    }

    /** Has what the realms of {@code next} allow hold from now on; done when it does on every event loop. */
    synchronized Future<Void> ruledBy(NodeConfig next) {
        List<RealmConfig> changed = new ArrayList<>(next.realms());
        changed.removeAll(config.realms());
        config = next;
        catalog = new RealmCatalog(next.realms());
        List<Future<Void>> done = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            LoopRealms here = realms.get(i);
            LocalLane lane = lanes.get(i);
            Promise<Void> ruled = Promise.promise();
            lane.run(() -> {
                here.ruledBy(uri -> changedRules(uri, changed), lane);
                ruled.complete();
            });
            done.add(ruled.future());
        }
        return Future.all(done).mapEmpty();
    }

    private @Nullable RealmRules changedRules(String uri, List<RealmConfig> changed) {
        RealmConfig realm = catalog.find(uri);
        return realm != null && changed.contains(realm) ? rules(uri, realm) : null;
    }

    private static MetaApi metaApi(RealmSettings realm, RealmTables tables, LocalLane lane, MetaDirectory directory) {
        String uri = realm.uri();
        boolean strict = realm.strictUris();
        MetaAccess access = realm.metaAccess();
        SubscriptionMetaApi subscriptions =
                new SubscriptionMetaApi(uri, access, tables.subscriptions(), tables.sessions(), lane);
        return new MetaApi(
                new SessionMetaApi(uri, access, strict, tables.sessions(), lane),
                new TestamentMetaApi(uri, strict, directory, new GlobalIds(), lane, realm.disclosure()),
                subscriptions,
                new RegistrationMetaApi(uri, access, tables.registrations(), subscriptions, lane),
                directory,
                lane);
    }

    /** Every realm that is configured by its name, on every event loop. Any thread. */
    List<LoopRealm> realms() {
        return realmsHere;
    }

    /** Those that come and go. Any thread. */
    OnDemandRealms onDemand() {
        return onDemand;
    }

    /** Every realm that is there now, on every event loop. Any thread. */
    List<LoopRealm> allRealms() {
        List<LoopRealm> all = new ArrayList<>(realmsHere);
        all.addAll(onDemand.parts());
        return all;
    }

    /** What sessions may send together. Any thread. */
    SharedRates rates() {
        return rates;
    }

    /** What clients were not allowed to do, on all event loops. */
    AuthorizationCounters denials() {
        return denials;
    }

    /** How connections got their sessions, on each event loop; after {@link #accepting}. */
    List<HandshakeCounters> handshakes() {
        return sessions.stream().map(LoopSessions::counters).toList();
    }

    /** How connections are taken in on each event loop. */
    List<AcceptingLoop> accepting(SessionDirectory directory) {
        LimitsConfig limits = config.limits();
        DecodeLimits decode = new DecodeLimits(limits.maxDepth(), limits.maxElements(), limits.maxUriLength());
        List<AcceptingLoop> accepting = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            SessionHandshake handshake = new SessionHandshake(new GlobalIds(), BuildInfo.agent());
            LoopSessions here = new LoopSessions(realms.get(i), handshake, directory, sessionLimits(limits));
            sessions.add(here);
            accepting.add(new AcceptingLoop(loops.get(i), lanes.get(i), id -> Serializers.create(id, decode), here));
        }
        return accepting;
    }

    /** Who takes what comes over the lane to each event loop and concerns long-poll transports. */
    void polls(List<LaneReceiver> receivers) {
        for (int i = 0; i < lanes.size(); i++) {
            LoopRealms here = realms.get(i);
            LaneReceiver receiver = receivers.get(i);
            lanes.get(i).run(() -> here.polls(receiver));
        }
    }

    /** This node is about to leave: callers here choose callees of other nodes where there are any. */
    void leaving() {
        lanes.forEach(LocalLane::leaving);
    }

    /** Done when every event loop has come round. */
    Future<Void> tick() {
        List<Future<Void>> ticks = new ArrayList<>();
        for (LocalLane lane : lanes) {
            Promise<Void> tick = Promise.promise();
            lane.run(tick::complete);
            ticks.add(tick.future());
        }
        return Future.all(ticks).mapEmpty();
    }

    /** How many connections are open. */
    Future<Integer> clients() {
        List<Future<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < sessions.size(); i++) {
            Promise<Integer> count = Promise.promise();
            LoopSessions here = sessions.get(i);
            lanes.get(i).run(() -> count.complete(here.count()));
            counts.add(count.future());
        }
        return Future.all(counts)
                .map(all -> counts.stream().mapToInt(Future::result).sum());
    }

    /** What is to be seen of every client. */
    Future<List<ClientStatus>> survey() {
        List<Future<List<ClientStatus>>> parts = new ArrayList<>();
        for (int i = 0; i < sessions.size(); i++) {
            Promise<List<ClientStatus>> part = Promise.promise();
            LoopSessions here = sessions.get(i);
            LocalLane lane = lanes.get(i);
            lane.run(() -> {
                List<ClientStatus> clients = new ArrayList<>();
                here.survey(lane, clients::add, () -> part.complete(clients));
            });
            parts.add(part.future());
        }
        return Future.all(parts)
                .map(done ->
                        parts.stream().flatMap(part -> part.result().stream()).toList());
    }

    /** Closes all connections as planned; done when the last is closed. */
    Future<Void> drain(DrainPlan plan) {
        List<Future<Void>> gone = new ArrayList<>();
        for (int i = 0; i < sessions.size(); i++) {
            Promise<Void> done = Promise.promise();
            LoopSessions here = sessions.get(i);
            LocalLane lane = lanes.get(i);
            lane.run(() -> here.drain(plan, lane, done::complete));
            gone.add(done.future());
        }
        return Future.all(gone).mapEmpty();
    }

    private static SessionLimits sessionLimits(LimitsConfig limits) {
        return new SessionLimits(
                limits.maxSubscriptions(),
                limits.maxRegistrations(),
                limits.maxCallsInFlight(),
                limits.maxQueuedCalls(),
                limits.handshakeTimeout().toMillis(),
                limits.goodbyeTimeout().toMillis());
    }
}
