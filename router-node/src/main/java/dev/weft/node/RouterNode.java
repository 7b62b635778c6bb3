package dev.weft.node;

import dev.weft.admin.AdminAccess;
import dev.weft.admin.AdminLimits;
import dev.weft.admin.AdminServer;
import dev.weft.auth.Authentication;
import dev.weft.cluster.bridge.LinkInbound;
import dev.weft.cluster.bridge.TableCounts;
import dev.weft.cluster.bridge.TableMirror;
import dev.weft.cluster.table.CookieLimits;
import dev.weft.cluster.table.EventHistories;
import dev.weft.cluster.table.LocalCookies;
import dev.weft.cluster.table.LocalRealmDirectory;
import dev.weft.cluster.table.LocalTableStore;
import dev.weft.cluster.table.RetainLimits;
import dev.weft.cluster.table.Retention;
import dev.weft.cluster.table.TableOwner;
import dev.weft.cluster.table.TableSettings;
import dev.weft.cluster.table.TableThread;
import dev.weft.config.AuthenticationConfig;
import dev.weft.config.ConfigReport;
import dev.weft.config.HostPort;
import dev.weft.config.ListenerConfig;
import dev.weft.config.NodeConfig;
import dev.weft.config.RealmCatalog;
import dev.weft.config.Secret;
import dev.weft.config.TlsConfig;
import dev.weft.directory.CookieDirectory;
import dev.weft.directory.RealmDirectory;
import dev.weft.link.NodeId;
import dev.weft.node.NodeLifecycle.State;
import dev.weft.node.status.NodeLists;
import dev.weft.node.status.Overview;
import dev.weft.node.status.RealmRows;
import dev.weft.node.status.TableRows;
import dev.weft.realm.RealmCalls;
import dev.weft.realm.RealmRegistry;
import dev.weft.session.SessionDirectory;
import dev.weft.tracing.Tracing;
import dev.weft.transport.ClosedConnections;
import dev.weft.transport.ListenerAddress;
import dev.weft.transport.Listeners;
import dev.weft.transport.TransportCounters;
import dev.weft.transport.http.PollNode;
import dev.weft.transport.http.PollOwners;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: the one place that puts the parts of the router together. A node first becomes a member of its cluster and
 * learns all tables; then it opens its listeners.
 */
public final class RouterNode implements RunningNode {
    private static final Logger LOG = LoggerFactory.getLogger(RouterNode.class);

    /** So long a node that stops waits until the events of its clients are kept. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final int CLOSED_KEPT = 10_000;

    private final NodeConfig config;
    private final RunningConfig running;
    private final NodeId id;
    private final RealmCatalog catalog;
    private final RealmRegistry realms;
    private final RealmCalls calls = new RealmCalls();
    private final Authentication authentication;
    private final TableThread tableThread = new TableThread("weft-tables");
    private final TableThread historyThread = new TableThread("weft-history");
    private final List<BoundListener> addresses = new ArrayList<>();
    private final NodeTls tls = new NodeTls(InstantSource.system());
    private final NodeLifecycle lifecycle = new NodeLifecycle();
    private final CompletableFuture<Void> drainRequest = new CompletableFuture<>();
    private final ClosedConnections closed = new ClosedConnections(CLOSED_KEPT, InstantSource.system());
    private final TransportCounters counters = new TransportCounters(closed);

    private Tracing tracing = Tracing.OFF;
    private @Nullable Vertx vertx;
    private volatile @Nullable EventLoops loops;
    private @Nullable ClusterNode cluster;
    private volatile @Nullable ClientDoors listeners;
    private @Nullable Retention kept;
    private @Nullable EventHistories histories;
    private volatile @Nullable NodeTrace trace;
    private @Nullable AdminServer admin;
    private @Nullable NodeObservation observation;
    private @Nullable HostPort adminAddress;

    private RouterNode(NodeConfig config, Supplier<ConfigReport> source) {
        this.config = config;
        this.running = new RunningConfig(config, source, ReloadableParts.all(this::rule), InstantSource.system());
        this.id = new NodeId(config.node().name(), new SecureRandom().nextLong());
        this.catalog = new RealmCatalog(config.realms());
        this.realms = new RealmRegistry(uri -> EventLoops.metaAccess(catalog, uri), InstantSource.system());
        this.authentication = new Authentication(config, System.getenv(), calls);
    }

    /**
     * Starts a node and blocks until it is ready.
     *
     * @throws NodeStartException if it cannot start; then nothing of it is left running
     */
    public static RunningNode start(NodeConfig config) throws NodeStartException {
        return start(config, () -> ConfigReport.of(config));
    }

    /**
     * As {@link #start(NodeConfig)}.
     *
     * @param source reads the configuration again, when the node is told to
     */
    public static RunningNode start(NodeConfig config, Supplier<ConfigReport> source) throws NodeStartException {
        RouterNode node = new RouterNode(config, source);
        try {
            node.start();
            return node;
        } catch (NodeStartException | RuntimeException failure) {
            // Whoever interrupts a start wants it to end, and not to end in disorder.
            boolean interrupted = Thread.interrupted();
            node.stop();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw failure;
        }
    }

    private void start() throws NodeStartException {
        tracing = ConfiguredTracing.start(config);
        if (config.cluster().enabled()) {
            startInCluster();
        } else {
            startAlone();
        }
        lifecycle.advance(State.READY);
        LOG.info("{} is ready: {}", id, addresses);
    }

    private void startAlone() throws NodeStartException {
        Vertx made = Vertx.builder().with(options()).build();
        vertx = made;
        EventLoops furnished = furnish(made, new LocalRealmDirectory());
        TableOwner owner =
                new TableOwner(id, new LocalTableStore(), new TableMirror(realms), tableThread, TableSettings.DEFAULT);
        keepCookies(limits -> new LocalCookies(limits, InstantSource.system()));
        keepHistories(EventHistories.alone(historyThread, InstantSource.system()));
        keep(furnished, owner, Retention.alone(tableThread, InstantSource.system(), retainLimits()));
        openListeners(made, furnished, owner.sessions());
    }

    private void startInCluster() throws NodeStartException {
        lifecycle.advance(State.JOINING);
        ClusterNode joined = ClusterNode.join(config.cluster(), id, tableThread, tls);
        cluster = joined;
        joined.exchange(authentication.attempts());
        keepCookies(limits -> joined.cookies(limits, InstantSource.system()));
        Vertx made = joined.vertx(options());
        vertx = made;
        TableMirror mirror = new TableMirror(realms);
        TableOwner owner = joined.tables(mirror);
        EventLoops furnished = furnish(made, joined.realms(owner));
        keepHistories(joined.histories(historyThread, InstantSource.system()));
        keep(furnished, owner, joined.retention(InstantSource.system(), retainLimits()));
        SessionDirectory sessions = joined.sessions(owner);
        joined.link(made, mirror, new LinkInbound(furnished.lanes(), realms), furnished.lanes());
        openListeners(made, furnished, sessions);
    }

    private EventLoops furnish(Vertx on, RealmDirectory onDemand) throws NodeStartException {
        EventLoops made =
                new EventLoops(Listeners.eventLoops(on), config, realms, authentication, calls, onDemand, tracing);
        loops = made;
        openAdmin(on, made);
        return made;
    }

    private void keep(EventLoops furnished, TableOwner owner, Retention events) {
        if (observation != null) {
            observation.rules(authentication, furnished, events);
        }
        kept = events;
        realms.keptBy(events);
        furnished.furnish(owner, owner.sessions(), events);
    }

    private void keepCookies(Function<CookieLimits, CookieDirectory> directory) {
        if (config.remembersBrowsers()) {
            AuthenticationConfig shared = config.authentication();
            authentication
                    .cookies()
                    .keptIn(directory.apply(new CookieLimits(shared.cookiesPerPrincipal(), shared.maxCookies())));
        }
    }

    private void keepHistories(EventHistories made) {
        histories = made;
        ConfiguredHistories.keep(catalog.named(), realms, made);
        if (observation != null) {
            observation.histories(made);
        }
    }

    private Map<String, RetainLimits> retainLimits() {
        return EventLoops.retainLimits(catalog);
    }

    private VertxOptions options() {
        return new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(
                        config.node().eventLoopCount(Runtime.getRuntime().availableProcessors()));
    }

    /** Before the tables are loaded: what the node waits for can be asked. */
    private void openAdmin(Vertx on, EventLoops furnished) throws NodeStartException {
        HostPort address = config.admin().address();
        if (address == null) {
            return;
        }
        NodeObservation observed = new NodeObservation(running, lifecycle, tls, tracing);
        if (cluster != null) {
            observed.cluster(cluster);
        }
        observation = observed;
        NodeAdmin node =
                new NodeAdmin(id, lifecycle, furnished, new TableCounts(id, realms), cluster, drainRequest, observed);
        AdminServer opened = new AdminServer(
                on,
                node,
                view(on, furnished),
                new AdminControl(running, () -> trace),
                adminAccess(),
                AdminLimits.DEFAULT.withUriLength(config.limits().maxUriLength()));
        adminAddress = Await.result(opened.listen(address), "the admin port cannot be opened on " + address);
        admin = opened;
        LOG.info("admin port on {}", adminAddress);
    }

    private NodeView view(Vertx on, EventLoops furnished) {
        NodeLists lists = new NodeLists(
                on, furnished::survey, closed, new RealmRows(furnished::allRealms, realms), new TableRows(id, realms));
        Overview overview = new Overview(() -> NodeView.identity(running, lifecycle), counters, () -> {
            ClientDoors open = listeners;
            return open == null ? List.of() : open.status();
        });
        return new NodeView(running, lists, overview);
    }

    /** Before there are event loops nobody reads the configuration again. */
    private void rule(NodeConfig next) {
        EventLoops ruled = loops;
        if (ruled != null) {
            Await.orElse(ruled.ruledBy(next).map(true), false, "putting the rules of realms into force");
        }
    }

    @Override
    public ReloadReport reload() {
        return running.reload();
    }

    private AdminAccess adminAccess() throws NodeStartException {
        Secret token = config.admin().token();
        TlsConfig secured = config.admin().tls();
        return new AdminAccess(
                token == null ? null : token.reveal(), secured == null ? null : tls.load(secured.settings("admin")));
    }

    private void openListeners(Vertx on, EventLoops furnished, SessionDirectory sessions) throws NodeStartException {
        ClientDoors opened = new ClientDoors(
                on,
                furnished.accepting(sessions),
                counters,
                config.limits(),
                authentication.cookies(),
                new PollNode(id.epoch(), cluster == null ? PollOwners.NONE : cluster.pollOwners()));
        furnished.polls(opened.polls());
        listeners = opened;
        trace = new NodeTrace(on, furnished, opened, InstantSource.system());
        for (ListenerConfig listener : config.listeners()) {
            ListenerAddress address = Await.result(
                    opened.open(listener, config.limits(), tls),
                    "listener " + listener.name() + " cannot be opened on " + listener.place());
            addresses.add(ListenerSettings.bound(listener, address));
        }
        if (observation != null) {
            observation.clients(furnished, realms, opened, counters);
        }
    }

    @Override
    public List<BoundListener> addresses() {
        return List.copyOf(addresses);
    }

    /** What it routes by, for tests that damage it. */
    RealmRegistry realms() {
        return realms;
    }

    @Override
    public Optional<HostPort> adminAddress() {
        return Optional.ofNullable(adminAddress);
    }

    @Override
    public CompletionStage<Void> drainRequest() {
        return drainRequest.minimalCompletionStage();
    }

    @Override
    public List<String> members() {
        ClusterNode joined = cluster;
        return joined == null ? List.of(config.node().name()) : joined.members();
    }

    /** Clients first, then the links, then the cluster, so that what the sessions held is given back before it leaves. */
    @Override
    public void stop() {
        State before = lifecycle.advance(State.DRAINING);
        if (before.compareTo(State.DRAINING) >= 0) {
            return;
        }
        ClientDoors open = listeners;
        if (open != null) {
            closeClients(open, before == State.READY ? loops : null);
        }
        if (histories != null) {
            Await.quietly(Future.fromCompletionStage(histories.settled()), SETTLING, "histories");
        }
        if (cluster != null) {
            cluster.unlink();
        }
        if (admin != null) {
            Await.quietly(admin.close(), "the admin port");
        }
        if (observation != null) {
            observation.close();
        }
        if (vertx != null) {
            Await.quietly(vertx.close(), "event loops");
        }
        if (cluster != null) {
            cluster.leave();
        }
        if (kept != null) {
            kept.close();
        }
        tableThread.close();
        historyThread.close();
        tls.close();
        authentication.close();
        tracing.close();
        lifecycle.advance(State.STOPPED);
        LOG.info("{} has stopped", id);
    }

    private void closeClients(ClientDoors open, @Nullable EventLoops serving) {
        if (serving != null) {
            new NodeDrain(config.drain(), open, serving, cluster).run();
        } else {
            Await.quietly(open.close(), "listeners");
        }
    }
}
