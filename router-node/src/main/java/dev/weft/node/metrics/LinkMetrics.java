package dev.weft.node.metrics;

import dev.weft.cluster.link.LinkCounters;
import dev.weft.cluster.link.LinkDownReason;
import dev.weft.cluster.link.LinkLimits;
import dev.weft.cluster.link.LinkState;
import dev.weft.cluster.link.LinkStatus;
import dev.weft.cluster.link.LinkSupervisor;
import dev.weft.link.RejectReason;
import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;
import java.util.Locale;

/** The links to other nodes. */
public record LinkMetrics(LinkSupervisor links, LinkLimits limits) implements MetricSource {
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public void collect(MetricSamples into) {
        into.add(MetricCatalog.LINK_QUEUE_MAX_BYTES, limits.queuedBytes());
        into.add(MetricCatalog.LINK_REPLAY_MAX_BYTES, limits.replayBytes());
        for (LinkStatus link : links.links()) {
            link(link, into);
        }
        totals(links.counters(), into);
    }

    /** A node that was started anew has the name that it had before, and may still be known by its old epoch, too. */
    private void link(LinkStatus link, MetricSamples into) {
        String peer = link.peer().name();
        into.add(MetricCatalog.LINK_UP, link.state() == LinkState.UP ? 1 : 0, peer);
        into.add(MetricCatalog.LINK_ROUND_TRIP_SECONDS, link.roundTripNanos() / NANOS_PER_SECOND, peer);
        into.add(MetricCatalog.LINK_RTT_SECONDS, links.roundTrips(link.peer()), peer);
        into.add(MetricCatalog.LINK_QUEUE_BYTES, link.queuedBytes(), peer);
        into.add(MetricCatalog.LINK_REPLAY_BYTES, link.replayBytes(), peer);
        into.add(MetricCatalog.LINK_FRAMES_SENT_TOTAL, link.framesSent(), peer);
        into.add(MetricCatalog.LINK_FRAMES_RECEIVED_TOTAL, link.framesReceived(), peer);
        into.add(MetricCatalog.LINK_FRAMES_UNACKNOWLEDGED, link.framesUnacknowledged(), peer);
        into.add(MetricCatalog.LINK_SENT_BYTES_TOTAL, link.bytesSent(), peer);
        into.add(MetricCatalog.LINK_RECEIVED_BYTES_TOTAL, link.bytesReceived(), peer);
    }

    private static void totals(LinkCounters counters, MetricSamples into) {
        into.add(MetricCatalog.LINK_UPS_TOTAL, counters.ups());
        for (LinkDownReason reason : LinkDownReason.values()) {
            into.add(MetricCatalog.LINK_DOWNS_TOTAL, counters.downs(reason), label(reason));
        }
        for (RejectReason reason : RejectReason.values()) {
            into.add(MetricCatalog.LINK_REJECTS_TOTAL, counters.rejects(reason), label(reason));
        }
        into.add(MetricCatalog.LINK_RESUMES_TOTAL, counters.resumes());
        into.add(MetricCatalog.LINK_RESUMPTIONS_REFUSED_TOTAL, counters.resumptionsRefused());
        into.add(MetricCatalog.LINK_FRAMES_REPLAYED_TOTAL, counters.framesReplayed());
        into.add(MetricCatalog.LINK_DROPPED_TOTAL, counters.discarded());
        into.add(MetricCatalog.LINK_FAILURES_TOTAL, counters.failures());
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
