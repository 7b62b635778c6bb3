package dev.weft.cluster.link;

import dev.weft.link.RejectReason;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What happened to links since the start. Thread-safe. */
public final class LinkCounters {
    private final LongAdder[] downs = adders(LinkDownReason.values().length);
    private final LongAdder[] rejects = adders(RejectReason.values().length);
    private final LongAdder ups = new LongAdder();
    private final LongAdder resumes = new LongAdder();
    private final LongAdder resumptionsRefused = new LongAdder();
    private final LongAdder framesReplayed = new LongAdder();
    private final LongAdder bytesReplayed = new LongAdder();
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

    /** Times that a link went on over another connection. */
    public long resumes() {
        return resumes.sum();
    }

    /** Times that it was wanted and could not be, on either side: a new link took its place. */
    public long resumptionsRefused() {
        return resumptionsRefused.sum();
    }

    /** Frames sent again, because the peer had not handled them when the connection was lost. */
    public long framesReplayed() {
        return framesReplayed.sum();
    }

    public long bytesReplayed() {
        return bytesReplayed.sum();
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

    void resumed() {
        resumes.increment();
    }

    void resumptionRefused() {
        resumptionsRefused.increment();
    }

    void replayed(long frames, long bytes) {
        framesReplayed.add(frames);
        bytesReplayed.add(bytes);
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
