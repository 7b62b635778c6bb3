package dev.weft.cluster.link;

import dev.weft.link.RejectReason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people about handshakes that failed, each peer once. Thread-safe. */
final class HandshakeLog {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeLog.class);
    private static final int MOST_REMEMBERED = 1024;

    private final LinkCounters counters;
    private final Map<String, RejectReason> lastRejects = new ConcurrentHashMap<>();

    HandshakeLog(LinkCounters counters) {
        this.counters = counters;
    }

    /**
     * A handshake failed: counted, and logged once for each peer until its reason changes.
     *
     * @param where the address of the peer, as far as it is known
     */
    void rejected(Object where, String who, RejectReason reason, String how) {
        counters.rejected(reason);
        if (lastRejects.size() >= MOST_REMEMBERED) {
            lastRejects.clear();
        }
        if (lastRejects.put(who, reason) != reason) {
            LOG.warn("no link with {} at {}: {} ({})", who, where, reason, how);
        }
    }

    /** A handshake succeeded: the next failure is news again. */
    void accepted(String who) {
        lastRejects.remove(who);
    }
}
