package dev.weft.dealer;

import dev.weft.lane.Alarm;
import dev.weft.session.Standing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.TraceContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that is not answered yet, on the event loop of its caller. */
class PendingCall {
    private final long id;
    private final Caller caller;
    private final long request;
    private final String procedure;
    private final CallOptions options;
    private final Standing standing;
    private final long began = System.nanoTime();

    private @Nullable CalleeEntry callee;
    private final @Nullable Chunks chunks;
    private List<CalleeEntry> refused = List.of();
    private boolean foundUnavailable;
    private @Nullable Alarm timeout;
    private boolean canceled;

    PendingCall(long id, Caller caller, Call call, Standing standing) {
        this.id = id;
        this.caller = caller;
        this.request = call.request();
        this.procedure = call.procedure();
        this.options = call.options();
        this.standing = standing;
        this.chunks = call.options().progress() ? new Chunks() : null;
    }

    /** See {@link dev.weft.link.CallId}. */
    long id() {
        return id;
    }

    Caller caller() {
        return caller;
    }

    /** The id of the CALL. */
    long request() {
        return request;
    }

    String procedure() {
        return procedure;
    }

    /** Of which trace the callee is told that it is a part. */
    @Nullable
    TraceContext trace() {
        return options.trace();
    }

    /**
     * It is over, which is counted.
     *
     * @param error its URI, if the caller got one
     */
    void ended(CallOutcome outcome, @Nullable String error, DealerCounters counters) {
        counters.ended(outcome, CallScope.of(callee), age());
    }

    /** Milliseconds between messages of the callee; 0 for any. */
    long timeoutMillis() {
        return options.timeout();
    }

    /** Nanoseconds since the CALL. */
    long age() {
        return System.nanoTime() - began;
    }

    /** The callee that the call was sent to last. */
    @Nullable
    CalleeEntry callee() {
        return callee;
    }

    /** The call, or the first chunk of it, is on its way. */
    void sentTo(CalleeEntry chosen) {
        callee = chosen;
        if (chunks != null) {
            chunks.sent();
        }
    }

    /** Null unless the call comes in chunks. */
    @Nullable
    Chunks chunks() {
        return chunks;
    }

    /** Callees that were gone when the call came, or unavailable. */
    List<CalleeEntry> refused() {
        return refused;
    }

    /** The callee that the call was sent to last does not take it; said for each chunk. */
    void refusedBy(CalleeEntry refusing, boolean unavailable) {
        foundUnavailable |= unavailable;
        if (refused.contains(refusing)) {
            return;
        }
        List<CalleeEntry> more = new ArrayList<>(refused);
        more.add(refusing);
        refused = more;
    }

    /** Whether a callee was there, but unavailable. */
    boolean foundUnavailable() {
        return foundUnavailable;
    }

    /** The callee was told to end it; the caller waits for that, and no other callee is to get it. */
    void canceled() {
        canceled = true;
    }

    boolean isCanceled() {
        return canceled;
    }

    /** Replaces the alarm that ends the call; null for none. */
    void timeout(@Nullable Alarm alarm) {
        if (timeout != null) {
            timeout.cancel();
        }
        timeout = alarm;
    }

    /** What the caller uses and the callee did not announce, in words; null if there is nothing. */
    @Nullable
    String notSupportedBy(CalleeEntry chosen) {
        if (chunks != null && !chosen.traits().progressiveInvocations()) {
            return "the callee takes no progressive call invocations";
        }
        return options.ppt() != null && !chosen.traits().passthru() ? "the callee takes no payload passthru" : null;
    }

    InvocationDetails detailsFor(Registration registration, CalleeEntry chosen) {
        boolean exact = registration.match() == MatchPolicy.EXACT;
        boolean disclosed =
                standing.discloses(options.discloseMe() || chosen.traits().discloseCaller());
        long timeout = chosen.traits().forwardTimeout() ? options.timeout() : 0;
        TraceContext trace = trace();
        boolean plain = !options.receiveProgress() && options.ppt() == null && chunks == null && trace == null;
        if (exact && plain && !disclosed && timeout == 0 && standing.trustlevel() < 0) {
            return InvocationDetails.DEFAULT;
        }
        InvocationDetails details = new InvocationDetails(
                disclosed ? caller.session().identity() : null,
                exact ? null : procedure,
                options.receiveProgress(),
                chunks != null,
                timeout,
                standing.trustlevel(),
                options.ppt(),
                trace);
        if (chunks != null) {
            chunks.details(details);
        }
        return details;
    }
}
