package dev.weft.node;

import dev.weft.auth.Authentication;
import dev.weft.cluster.table.EventHistories;
import dev.weft.cluster.table.Retention;
import dev.weft.config.ConfigDigest;
import dev.weft.config.NodeConfig;
import dev.weft.node.metrics.AccessMetrics;
import dev.weft.node.metrics.HandshakeMetrics;
import dev.weft.node.metrics.HistoryMetrics;
import dev.weft.node.metrics.LoopLag;
import dev.weft.node.metrics.LoopMetrics;
import dev.weft.node.metrics.NodeMetrics;
import dev.weft.node.metrics.RealmMetrics;
import dev.weft.node.metrics.RetentionMetrics;
import dev.weft.node.metrics.TlsMetrics;
import dev.weft.node.metrics.TracingMetrics;
import dev.weft.node.metrics.TransportMetrics;
import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricsRegistry;
import dev.weft.observability.Scrape;
import dev.weft.realm.RealmRegistry;
import dev.weft.tls.TlsStatus;
import dev.weft.tracing.Tracing;
import dev.weft.transport.TransportCounters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The metrics of a node that has an admin port: each part is added when it is there. */
final class NodeObservation {
    private final MetricsRegistry metrics;
    private final NodeTls tls;

    NodeObservation(RunningConfig running, NodeLifecycle lifecycle, NodeTls tls, Tracing tracing) {
        this.tls = tls;
        NodeConfig config = running.present();
        metrics = new MetricsRegistry(config.tracing().enabled());
        metrics.add(running);
        metrics.add(new TlsMetrics(tls::status));
        metrics.add(new TracingMetrics(tracing));
        metrics.add(new NodeMetrics(
                BuildInfo.version(),
                config.node().name(),
                config.cluster().enabled() ? config.cluster().name() : "",
                Arrays.stream(NodeLifecycle.State.values())
                        .map(NodeObservation::label)
                        .toList(),
                () -> label(lifecycle.state()),
                () -> ConfigDigest.of(running.present())));
    }

    private static String label(NodeLifecycle.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** The node serves clients from now on. */
    void clients(EventLoops loops, RealmRegistry realms, ClientDoors listeners, TransportCounters counters) {
        List<LoopLag> lags = new ArrayList<>();
        for (int i = 0; i < loops.lanes().size(); i++) {
            int index = i;
            LoopLag lag = new LoopLag(loops.lanes().get(i), () -> listeners.refreshBacklog(index));
            lag.start();
            lags.add(lag);
        }
        metrics.add(new LoopMetrics(lags));
        metrics.add(new TransportMetrics(counters, listeners::status));
        metrics.add(new HandshakeMetrics(loops.handshakes()));
        metrics.add(new RealmMetrics(loops::realms, loops.onDemand(), realms));
    }

    /** Who may come in, who may do what, and what is kept for later. */
    void rules(Authentication authentication, EventLoops loops, Retention events) {
        metrics.add(new AccessMetrics(authentication.counters(), loops.denials(), loops.rates()));
        metrics.add(new RetentionMetrics(events.counters()));
    }

    /** What past events can be asked for. */
    void histories(EventHistories histories) {
        metrics.add(new HistoryMetrics(histories.counters()));
    }

    /** What the node speaks TLS with now. */
    List<TlsStatus> tls() {
        return tls.status();
    }

    /** The node is in a cluster, of which it may not know anything yet. */
    void cluster(ClusterNode cluster) {
        metrics.add(into -> into.add(MetricCatalog.HAZELCAST_CONNECTIONS_REFUSED_TOTAL, cluster.refusedConnections()));
        metrics.add(into -> cluster.metrics().forEach(source -> source.collect(into)));
    }

    Scrape scrape(String accept) {
        return metrics.scrape(accept);
    }

    void close() {
        metrics.close();
    }
}
