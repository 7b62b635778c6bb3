package dev.weft.cluster.link;

import dev.weft.link.RejectReason;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What happened to links since the start. Thread-safe. */
public final class LinkCounters {
    private final LongAdder[] downs = adders(LinkDownReason.values().length);
    private final LongAdder[] rejects = adders(RejectReason.values().length);
    private final LongAdder ups = new LongAdder();
    private final LongAdder discarded = new LongAdder();
    private final LongAdder failures = new LongAdder();

    LinkCounters() {}

    private static LongAdder[] adders(int count) {
        return Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
    }

    /** Links that came up. */
    public long ups() {
        return ups.sum();
    }

    /** Links that went down for this reason. */
    public long downs(LinkDownReason reason) {
        return downs[reason.ordinal()].sum();
    }

    /** Handshakes that failed for this reason, on either side. */
    public long rejects(RejectReason reason) {
        return rejects[reason.ordinal()].sum();
    }

    /** Messages that were given to a link and not sent because it was down or went down. */
    public long discarded() {
        return discarded.sum();
    }

    /** Frames and acknowledgements that our own code failed to handle. */
    public long failures() {
        return failures.sum();
    }

    void up() {
        ups.increment();
    }

    void down(LinkDownReason reason) {
        downs[reason.ordinal()].increment();
    }

    void rejected(RejectReason reason) {
        rejects[reason.ordinal()].increment();
    }

    void messageDiscarded() {
        discarded.increment();
    }

    void failed() {
        failures.increment();
    }
}
