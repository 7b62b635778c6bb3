package dev.weft.dealer;

import dev.weft.lane.Alarm;
import dev.weft.session.Standing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that is not answered yet, on the event loop of its caller. */
final class PendingCall {
    private final long id;
    private final Caller caller;
    private final long request;
    private final String procedure;
    private final CallOptions options;
    private final Standing standing;
    private final long began = System.nanoTime();

    private @Nullable CalleeEntry callee;
    private List<CalleeEntry> refused = List.of();
    private @Nullable Alarm timeout;
    private boolean canceled;

    PendingCall(long id, Caller caller, Call call, Standing standing) {
        this.id = id;
        this.caller = caller;
        this.request = call.request();
        this.procedure = call.procedure();
        this.options = call.options();
        this.standing = standing;
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

    void sentTo(CalleeEntry chosen) {
        callee = chosen;
    }

    /** Callees that were gone when the call came. */
    List<CalleeEntry> refused() {
        return refused;
    }

    /** The callee that the call was sent to last was gone. */
    void refused(CalleeEntry gone) {
        List<CalleeEntry> more = new ArrayList<>(refused);
        more.add(gone);
        refused = more;
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

    InvocationDetails detailsFor(Registration registration, CalleeEntry chosen) {
        boolean exact = registration.match() == MatchPolicy.EXACT;
        boolean disclosed =
                standing.discloses(options.discloseMe() || chosen.traits().discloseCaller());
        if (exact && !options.receiveProgress() && !disclosed && standing.trustlevel() < 0) {
            return InvocationDetails.DEFAULT;
        }
        return new InvocationDetails(
                disclosed ? caller.session().identity() : null,
                exact ? null : procedure,
                options.receiveProgress(),
                false,
                0,
                standing.trustlevel(),
                null);
    }
}
