package dev.weft.node;

import dev.weft.auth.AttemptLimiter;
import dev.weft.cluster.ClusterReport;
import dev.weft.cluster.ClusterService;
import dev.weft.cluster.bridge.LinkInbound;
import dev.weft.cluster.bridge.TableMirror;
import dev.weft.cluster.link.LinkLimits;
import dev.weft.cluster.link.LinkOptions;
import dev.weft.cluster.link.LinkSupervisor;
import dev.weft.cluster.link.LinkTimes;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.MembershipOptions;
import dev.weft.cluster.table.AuditCounters;
import dev.weft.cluster.table.ControlThread;
import dev.weft.cluster.table.CookieLimits;
import dev.weft.cluster.table.EventHistories;
import dev.weft.cluster.table.FailedAttempts;
import dev.weft.cluster.table.HazelcastCookies;
import dev.weft.cluster.table.HazelcastRealmDirectory;
import dev.weft.cluster.table.HazelcastSessionDirectory;
import dev.weft.cluster.table.HazelcastStored;
import dev.weft.cluster.table.HazelcastTableStore;
import dev.weft.cluster.table.HazelcastTables;
import dev.weft.cluster.table.MirrorAudits;
import dev.weft.cluster.table.RetainLimits;
import dev.weft.cluster.table.Retention;
import dev.weft.cluster.table.StoreAudit;
import dev.weft.cluster.table.StoreFlux;
import dev.weft.cluster.table.TableDifference;
import dev.weft.cluster.table.TableOwner;
import dev.weft.cluster.table.TableSettings;
import dev.weft.cluster.table.TableThread;
import dev.weft.config.ClusterConfig;
import dev.weft.config.HostPort;
import dev.weft.config.LinkConfig;
import dev.weft.config.LinkTlsConfig;
import dev.weft.directory.RealmDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.link.RoutedPoll;
import dev.weft.node.metrics.ClusterMetrics;
import dev.weft.node.metrics.LinkMetrics;
import dev.weft.observability.MetricSource;
import dev.weft.session.SessionDirectory;
import dev.weft.transport.http.PollOwners;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The parts that a node in a cluster has and a node alone has not, in the order in which they are put together. */
final class ClusterNode {
    private static final String LOOPBACK = "127.0.0.1";

    private final ClusterConfig config;
    private final NodeId id;
    private final TableThread tableThread;
    private final LinkBinding linkBinding;
    private final HazelcastMembership membership;
    private final HazelcastTableStore store;
    private final StoreFlux flux;
    private final NodeTls tls;

    private @Nullable TableOwner tables;
    private final TableThread auditThread = new TableThread("weft-audit");

    private @Nullable LinkSupervisor links;
    private @Nullable FailedAttempts failedAttempts;
    private @Nullable HazelcastCookies cookies;
    private volatile @Nullable MirrorAudits audits;
    private volatile @Nullable StoreAudit storeAudit;
    private volatile @Nullable ClusterService service;
    private volatile @Nullable ClusterReport report;

    private ClusterNode(
            ClusterConfig config,
            NodeId id,
            TableThread tableThread,
            LinkBinding linkBinding,
            HazelcastMembership membership,
            NodeTls tls) {
        this.config = config;
        this.id = id;
        this.tableThread = tableThread;
        this.linkBinding = linkBinding;
        this.membership = membership;
        this.tls = tls;
        this.store = new HazelcastTableStore(membership);
        this.flux = new StoreFlux(store);
    }

    /** Becomes a member: from now on the others look for this node's links. */
    static ClusterNode join(ClusterConfig config, NodeId id, TableThread tableThread, NodeTls tls)
            throws NodeStartException {
        MembershipOptions options = MembershipOptions.of(config, ConfiguredKeys.of(config));
        LinkBinding binding = null;
        try {
            binding = new LinkBinding(config.link().address());
            HostPort advertised = config.link().advertisedAddress();
            HazelcastMembership membership =
                    HazelcastTables.join(options, id, advertised == null ? binding.address() : advertised);
            return new ClusterNode(config, id, tableThread, binding, membership, tls);
        } catch (IOException failure) {
            if (binding != null) {
                binding.close();
            }
            throw new NodeStartException(String.valueOf(failure.getMessage()), failure);
        }
    }

    /**
     * Vert.x on the same Hazelcast member. Its event bus, which would take messages from whoever reaches its port, carries
     * nothing between nodes, so it is kept on loopback.
     */
    Vertx vertx(VertxOptions options) throws NodeStartException {
        options.getEventBusOptions().setHost(LOOPBACK).setPort(0);
        return Await.result(
                Vertx.builder()
                        .with(options)
                        .withClusterManager(membership.clusterManager())
                        .buildClustered(),
                "Vert.x cannot join the cluster");
    }

    TableOwner tables(TableMirror mirror) {
        TableSettings settings = new TableSettings(config.link().ackTimeout(), config.minimumSize());
        TableOwner owner = new TableOwner(id, flux, mirror, tableThread, settings);
        tables = owner;
        return owner;
    }

    /**
     * Decides which realms on demand there are.
     *
     * @param owner of this node's tables
     */
    RealmDirectory realms(TableOwner owner) {
        return new HazelcastRealmDirectory(membership, id, owner, tableThread);
    }

    /** What the cluster retains. */
    Retention retention(InstantSource clock, Map<String, RetainLimits> limits) {
        return Retention.in(membership, tableThread, clock, limits);
    }

    /** What past events the cluster keeps. */
    EventHistories histories(ControlThread thread, InstantSource clock) {
        return EventHistories.in(membership, thread, clock);
    }

    /** The browsers that the cluster knows again. */
    HazelcastCookies cookies(CookieLimits limits, InstantSource clock) {
        HazelcastCookies made =
                new HazelcastCookies(membership, Objects.requireNonNull(ConfiguredKeys.of(config)), limits, clock);
        cookies = made;
        return made;
    }

    /** The nodes tell each other what has failed of their clients' attempts to prove who they are. */
    void exchange(AttemptLimiter attempts) {
        FailedAttempts exchanged = new FailedAttempts(membership, attempts::untold, attempts::told);
        exchanged.begin();
        failedAttempts = exchanged;
    }

    /** @param owner of this node's tables */
    SessionDirectory sessions(TableOwner owner) {
        HazelcastSessionDirectory sessions = new HazelcastSessionDirectory(membership, id, owner, flux, tableThread);
        StoreAudit compared = new StoreAudit(
                id,
                new HazelcastStored(membership),
                flux,
                tableThread,
                auditThread,
                owner.audits(),
                config.auditRepair());
        owner.comparedBy(compared);
        sessions.comparedBy(compared);
        compared.begin(config.hazelcast().auditInterval());
        storeAudit = compared;
        return sessions;
    }

    /** Links this node to all others, and blocks until it knows all that they hold. */
    void link(Vertx vertx, TableMirror mirror, LinkInbound inbound, List<LocalLane> lanes) throws NodeStartException {
        TableOwner owner = tables == null ? tables(mirror) : tables;
        MirrorAudits compared = new MirrorAudits(mirror, auditThread, owner.audits(), config.auditRepair());
        audits = compared;
        ClusterService linked = new ClusterService(membership, owner, mirror, inbound, lanes, tableThread, compared);
        LinkSupervisor supervisor = new LinkSupervisor(vertx, linkOptions(), linked);
        links = supervisor;
        service = linked;
        report = new ClusterReport(id, membership, linked, supervisor);
        linkBinding.close();
        Await.result(supervisor.start(), "links cannot listen on " + linkBinding.address());
        linked.begin(supervisor);
        owner.beginAudits(config.auditInterval());
        try {
            linked.synced().toCompletableFuture().get(config.joinTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new NodeStartException(
                    "the tables were not loaded within " + config.joinTimeout().toSeconds() + " s: "
                            + String.join(", ", linked.missing()),
                    late);
        } catch (ExecutionException | InterruptedException failure) {
            throw new NodeStartException("the tables were not loaded: " + failure, failure);
        }
    }

    /** What is measured of the cluster; nothing before the links are begun. Any thread. */
    List<MetricSource> metrics() {
        ClusterReport present = report;
        LinkSupervisor supervisor = links;
        TableOwner owner = tables;
        if (present == null || supervisor == null || owner == null) {
            return List.of();
        }
        return List.of(
                new ClusterMetrics(
                        present,
                        owner.counters(),
                        owner.audits(),
                        config.minimumSize(),
                        () -> missing().isEmpty()),
                new LinkMetrics(supervisor, linkLimits()));
    }

    private LinkLimits linkLimits() {
        LinkConfig link = config.link();
        return new LinkLimits(link.maxQueue().bytes(), link.replayWindow().bytes(), LinkLimits.DEFAULT.frameBytes());
    }

    private LinkOptions linkOptions() throws NodeStartException {
        LinkConfig link = config.link();
        LinkTimes times = new LinkTimes(
                link.heartbeatInterval(),
                link.heartbeatTimeout(),
                LinkTimes.DEFAULT.handshake(),
                LinkTimes.DEFAULT.farewell(),
                LinkTimes.DEFAULT.shortestPause(),
                LinkTimes.DEFAULT.longestPause(),
                link.resumeGrace(),
                link.forgetAfter());
        LinkTlsConfig secured = link.tls();
        return new LinkOptions(
                id,
                config.name(),
                ConfiguredKeys.ofLinks(config),
                linkBinding.address().host(),
                linkBinding.address().port(),
                times,
                linkLimits(),
                secured == null ? null : tls.load(secured.settings()));
    }

    /** For a node that starts: who is still waited for, and for what. */
    List<String> missing() {
        ClusterService linked = service;
        return linked == null ? List.of() : linked.missing();
    }

    /** Null before the links are begun. */
    @Nullable
    ClusterReport report() {
        return report;
    }

    /** What comparing the tables has brought to light since the start; null before the tables are made. */
    AuditCounters.@Nullable Status audits() {
        TableOwner owner = tables;
        return owner == null ? null : owner.audits().status();
    }

    /** Compares now; null before the links are begun. */
    @Nullable
    Future<VerifyReport> verify(boolean repair) {
        MirrorAudits mirrors = audits;
        StoreAudit stored = storeAudit;
        if (mirrors == null || stored == null) {
            return null;
        }
        Future<MirrorAudits.Verification> linked = Future.fromCompletionStage(mirrors.verify(repair));
        Future<List<TableDifference>> kept = Future.fromCompletionStage(stored.verify(repair));
        return Future.join(linked, kept).map(both -> VerifyReport.of(linked.result(), kept.result()));
    }

    /** Which nodes take requests for their long-poll transports. */
    PollOwners pollOwners() {
        ClusterService linked = service;
        return linked == null ? PollOwners.NONE : epoch -> linked.laneTo(epoch, RoutedPoll.SINCE);
    }

    /** How many connections to the Hazelcast member were refused since the start. Any thread. */
    long refusedConnections() {
        return membership.refusedConnections();
    }

    List<String> members() {
        return membership.view().keySet().stream().map(NodeId::name).sorted().toList();
    }

    /** Tells the others that this node is about to leave; done when all have acknowledged that. */
    Future<Void> draining() {
        return tables == null ? Future.succeededFuture() : Future.fromCompletionStage(tables.drain());
    }

    /** Done when nothing of this node's sessions is in the tables any more. */
    Future<Void> givenBack() {
        return tables == null ? Future.succeededFuture() : Future.fromCompletionStage(tables.givenBack());
    }

    /** Closes all links: the others see this node gone. */
    void unlink() {
        if (links != null) {
            Await.quietly(links.close(), "links");
        }
    }

    /** Leaves the cluster, after everything that uses it. */
    void leave() {
        linkBinding.close();
        if (failedAttempts != null) {
            failedAttempts.close();
        }
        if (cookies != null) {
            cookies.close();
        }
        membership.leave();
        store.close();
        auditThread.close();
    }
}
