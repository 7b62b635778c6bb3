package dev.weft.cluster.link;

import dev.weft.link.NodeId;
import dev.weft.link.RejectReason;
import java.net.SocketAddress;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may link to this node: whoever proves the secret, except a node that was a member and is none any more. Thread-safe.
 */
final class LinkAdmission {
    private static final Logger LOG = LoggerFactory.getLogger(LinkAdmission.class);
    private static final int MOST_REMEMBERED = 1024;

    private final LinkCounters counters;
    private final Set<NodeId> forgotten = new LinkedHashSet<>();
    private final Map<String, RejectReason> lastRejects = new ConcurrentHashMap<>();

    LinkAdmission(LinkCounters counters) {
        this.counters = counters;
    }

    void forget(NodeId node) {
        synchronized (forgotten) {
            if (forgotten.size() == MOST_REMEMBERED) {
                forgotten.remove(forgotten.iterator().next());
            }
            forgotten.add(node);
        }
    }

    void remember(NodeId node) {
        synchronized (forgotten) {
            forgotten.remove(node);
        }
    }

    boolean isForgotten(NodeId node) {
        synchronized (forgotten) {
            return forgotten.contains(node);
        }
    }

    /** A handshake failed: counted, and logged once for each peer until its reason changes. */
    void rejected(SocketAddress address, String who, RejectReason reason, String how) {
        counters.rejected(reason);
        if (lastRejects.size() >= MOST_REMEMBERED) {
            lastRejects.clear();
        }
        if (lastRejects.put(who, reason) != reason) {
            LOG.warn("no link with {} at {}: {} ({})", who, address, reason, how);
        }
    }

    /** A handshake succeeded: the next failure is news again. */
    void accepted(String who) {
        lastRejects.remove(who);
    }
}
