package dev.weft.dealer;

import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.lane.LongMap;
import dev.weft.link.CallId;
import dev.weft.link.RoutedCall;
import dev.weft.link.RoutedCancel;
import dev.weft.link.RoutedError;
import dev.weft.link.RoutedMembers;
import dev.weft.link.RoutedMembersAsked;
import dev.weft.link.RoutedRefusal;
import dev.weft.link.RoutedResult;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.Feature;
import dev.weft.session.Session;
import dev.weft.session.SessionLimits;
import dev.weft.session.Standing;
import dev.weft.tracing.Operation;
import dev.weft.tracing.Span;
import dev.weft.tracing.Tracing;
import dev.weft.uri.Matches;
import dev.weft.wamp.Call;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Result;
import dev.weft.wamp.WampError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The callers' half of the dealer, of one realm on one event loop: which callee gets a call, and that each call ends
 * exactly once. {@link Invocations} is the callees' half; the two speak only over lanes, so that it makes no difference
 * where a callee is. URIs are checked before it is called. Belongs to its event loop.
 */
public final class Dealer {
    private static final long[] NOBODY = {};
    /** How much longer than the callee, that times an invocation itself, the dealer waits; milliseconds. */
    private static final long CALLEES_GRACE = 1_000;

    private final String realm;
    private final LocalLane lane;
    private final RegistrationTable table;
    private final SessionLimits limits;
    private final DisclosurePolicy disclosure;

    private final LongMap<PendingCall> pending = new LongMap<>();
    private final Matches<Registration> scratch = new Matches<>();
    private final DealerCounters counters = new DealerCounters();
    private Tracing tracing = Tracing.OFF;
    private long sequence;

    public Dealer(
            String realm, LocalLane lane, RegistrationTable table, SessionLimits limits, DisclosurePolicy disclosure) {
        this.realm = realm;
        this.lane = lane;
        this.table = table;
        this.limits = limits;
        this.disclosure = disclosure;
    }

    /** Has calls recorded from now on. */
    public void tracedBy(Tracing other) {
        tracing = other;
    }

    /** What it has done. Any thread. */
    public DealerCounters counters() {
        return counters;
    }

    /** CALL that opens one: to the callee chosen, wherever it is. See {@link #goesOn} for those that do not. */
    public void call(Caller caller, Call call) {
        if (caller.isFull(limits.maxCallsInFlight())) {
            refuse(
                    caller,
                    call,
                    WampError.LIMIT_EXCEEDED,
                    "a session may have " + limits.maxCallsInFlight() + " calls in flight");
            return;
        }
        Session session = caller.session();
        Standing standing = disclosure.ofCaller(session.identity(), call.procedure());
        if (standing.refuses(call.options().discloseMe())) {
            refuse(
                    caller,
                    call,
                    WampError.DISCLOSE_ME_DISALLOWED,
                    "callers are not disclosed to the callees of " + call.procedure());
            return;
        }
        PendingCall opened = open(caller, call, standing);
        pending.put(opened.id(), opened);
        counters.tallies().increment(DealerTally.CALLED);
        caller.calls().put(opened.request(), opened);
        caller.decided(opened.request());
        restartTimeout(opened);
        route(opened, call.payload());
    }

    private PendingCall open(Caller caller, Call call, Standing standing) {
        long id = CallId.of(++sequence, lane.index());
        Span span = tracing.begin(
                Operation.CALL, realm, call.procedure(), call.options().trace());
        return span == null
                ? new PendingCall(id, caller, call, standing)
                : new TracedCall(id, caller, call, standing, span);
    }

    /** Answers a CALL that opens none with ERROR; if it is the first of several chunks, the others are dropped. */
    public void refuse(Caller caller, Call call, WampError error, String message) {
        caller.decided(call.request());
        if (call.options().progress()) {
            caller.expectLateChunks(call.request());
        }
        caller.session().refuse(MessageType.CALL, call.request(), error, message);
    }

    /**
     * Takes a CALL that goes on with an earlier one, as its next chunk ("Progressive Call Invocations"). What comes for a
     * call that has ended meanwhile is dropped. Of its options only {@code progress} counts.
     *
     * @return false if it opens a call
     */
    public boolean goesOn(Caller caller, Call call) {
        PendingCall known = caller.calls().get(call.request());
        if (known == null) {
            return caller.isLateChunk(call);
        }
        Chunks chunks = known.chunks();
        if (chunks == null || chunks.isComplete() || !known.procedure().equals(call.procedure())) {
            caller.session().violated("CALL " + call.request() + " is still in flight");
            return true;
        }
        chunks.took(!call.options().progress());
        if (chunks.isComingBack()) {
            chunks.hold(call.payload());
        } else {
            sendOn(known, chunks, call.payload(), chunks.isComplete());
        }
        return true;
    }

    private void route(PendingCall call, Payload payload) {
        Registration registration = table.match(call.procedure(), scratch);
        CalleeEntry callee = registration == null ? null : CalleeSelector.select(registration, call.refused());
        if (registration != null && callee == null && !call.foundUnavailable()) {
            registration = table.matchWithout(call.refused(), call.procedure(), scratch);
            callee = registration == null ? null : CalleeSelector.select(registration, call.refused());
        }
        if (registration == null || callee == null) {
            failWithoutCallee(call);
            return;
        }
        String unsupported = call.notSupportedBy(callee);
        if (unsupported != null) {
            fail(call, WampError.FEATURE_NOT_SUPPORTED, unsupported);
            return;
        }
        InvocationDetails details = call.detailsFor(registration, callee);
        call.sentTo(callee);
        counters.routed(callee);
        send(call, callee, false, details, payload);
        call.caller().session().sent(payload.length(), registration.congested());
    }

    private void failWithoutCallee(PendingCall call) {
        if (call.foundUnavailable()) {
            fail(call, WampError.NO_AVAILABLE_CALLEE, "no callee of " + call.procedure() + " is available");
        } else {
            fail(call, WampError.NO_SUCH_PROCEDURE, "no callee has registered " + call.procedure());
        }
    }

    private void send(
            PendingCall call, CalleeEntry callee, boolean continuation, InvocationDetails details, Payload payload) {
        callee.lane()
                .send(
                        new RoutedCall(
                                realm,
                                callee.loop(),
                                call.id(),
                                callee.session(),
                                callee.registration(),
                                continuation,
                                details,
                                payload),
                        lane);
        call.caller().session().fed(callee.lane());
    }

    private void sendOn(PendingCall call, Chunks chunks, Payload payload, boolean last) {
        CalleeEntry callee = call.callee();
        if (callee != null) {
            chunks.sent();
            send(call, callee, true, chunks.details(last), payload);
            Registration registration = table.byId(callee.registration());
            call.caller().session().sent(payload.length(), registration == null ? null : registration.congested());
        }
    }

    /** The callee chosen was gone, or is unavailable: another one, or the error the caller would have got without it. */
    public void refused(RoutedRefusal refusal) {
        PendingCall call = pending.get(refusal.call());
        CalleeEntry callee = call == null ? null : call.callee();
        if (call == null || callee == null) {
            return;
        }
        if (call.isCanceled()) {
            fail(call, WampError.CANCELED, "canceled by the caller");
            return;
        }
        call.refusedBy(callee, refusal.unavailable());
        Chunks chunks = call.chunks();
        if (chunks == null) {
            counters.tallies().increment(DealerTally.REROUTED);
            route(call, refusal.payload());
        } else if (chunks.cameBack(refusal.payload())) {
            routeAgain(call, chunks);
        }
    }

    /** All that was sent of the call has come back: all of it goes to another callee, in order. */
    private void routeAgain(PendingCall call, Chunks chunks) {
        counters.tallies().increment(DealerTally.REROUTED);
        List<Payload> all = chunks.takeBack();
        route(call, all.get(0));
        for (int i = 1; i < all.size() && pending.get(call.id()) == call; i++) {
            sendOn(call, chunks, all.get(i), chunks.isComplete() && i == all.size() - 1);
        }
    }

    /** YIELD of the callee. */
    public void result(RoutedResult result) {
        PendingCall call = pending.get(result.call());
        if (call == null) {
            return;
        }
        boolean progress = result.details().progress();
        Session caller = call.caller().session();
        if (result.details().ppt() != null && !caller.supports(Feature.CALLER_PAYLOAD_PASSTHRU_MODE)) {
            giveUp(call, progress, WampError.FEATURE_NOT_SUPPORTED, "the result is in payload passthru mode");
            return;
        }
        if (progress) {
            restartTimeout(call);
        }
        if (!caller.trySend(new Result(call.request(), result.details(), result.payload()))) {
            giveUp(
                    call,
                    progress,
                    WampError.PAYLOAD_SIZE_EXCEEDED,
                    "the result is longer than the caller's transport accepts");
        } else if (!progress) {
            forget(call, CallOutcome.RESULT, null);
        }
    }

    /** The caller cannot have what the callee yielded; if more is to come, the callee is told to stop. */
    private void giveUp(PendingCall call, boolean moreToCome, WampError error, String message) {
        if (moreToCome) {
            interrupt(call, CancelMode.KILLNOWAIT, error);
        }
        fail(call, error, message);
    }

    /** ERROR of the callee, or of the router in its place. */
    public void error(RoutedError error) {
        PendingCall call = pending.get(error.call());
        if (call == null) {
            return;
        }
        forget(call, CallOutcome.ERROR, error.error());
        Session caller = call.caller().session();
        ErrorDetails details = error.details();
        Payload payload = error.payload();
        if (details.ppt() != null && !caller.supports(Feature.CALLER_PAYLOAD_PASSTHRU_MODE)) {
            details = new ErrorDetails(details.message(), null);
            payload = Payload.EMPTY;
        }
        if (!caller.trySend(new ErrorMessage(MessageType.CALL, call.request(), details, error.error(), payload))) {
            caller.refuse(
                    MessageType.CALL,
                    call.request(),
                    WampError.PAYLOAD_SIZE_EXCEEDED,
                    "the error " + error.error() + " is longer than the caller's transport accepts");
        }
    }

    /** CANCEL; ignored if the call has ended. Without a mode the caller is answered at once (reading G7). */
    public void cancel(Caller caller, Cancel cancel) {
        PendingCall call = caller.calls().get(cancel.request());
        if (call == null) {
            return;
        }
        CancelMode mode = cancel.mode() == null ? CancelMode.KILLNOWAIT : cancel.mode();
        if (mode != CancelMode.SKIP || mayWait(call)) {
            interrupt(call, mode, WampError.CANCELED);
        }
        if (mode == CancelMode.KILL) {
            call.canceled();
        } else {
            fail(call, WampError.CANCELED, "canceled by the caller");
        }
    }

    /** Whether the call may wait at its callee for others to end: then it must not be invoked any more. */
    private static boolean mayWait(PendingCall call) {
        CalleeEntry callee = call.callee();
        return callee != null && callee.traits().limited();
    }

    /** The session ended: nobody waits for its calls. */
    public void left(Caller caller) {
        List<PendingCall> calls = List.copyOf(caller.calls().values());
        for (PendingCall call : calls) {
            forget(call, CallOutcome.CALLER_LEFT, null);
            interrupt(call, CancelMode.KILLNOWAIT, WampError.CANCELED);
        }
    }

    /** The node behind the lane is gone, or the link to it: nobody will answer. */
    public void laneDown(Lane down) {
        List<PendingCall> lost = new ArrayList<>();
        for (PendingCall call : pending.values()) {
            if (isBehind(call.callee(), down)) {
                lost.add(call);
            }
        }
        for (PendingCall call : lost) {
            fail(call, WampError.NETWORK_FAILURE, "the node of the callee is gone");
        }
    }

    private static boolean isBehind(@Nullable CalleeEntry callee, Lane lane) {
        return callee != null && callee.lane() == lane;
    }

    private void restartTimeout(PendingCall call) {
        if (call.timeoutMillis() > 0) {
            call.timeout(lane.schedule(call.timeoutMillis(), () -> expired(call)));
        }
    }

    /** A callee that times its invocations itself is waited for a little longer, for its own error. */
    private void expired(PendingCall call) {
        CalleeEntry callee = call.callee();
        if (callee != null && callee.traits().forwardTimeout()) {
            call.timeout(lane.schedule(CALLEES_GRACE, () -> timedOut(call)));
        } else {
            timedOut(call);
        }
    }

    private void timedOut(PendingCall call) {
        interrupt(call, CancelMode.KILLNOWAIT, WampError.TIMEOUT);
        fail(call, WampError.TIMEOUT, "no answer within " + call.timeoutMillis() + " ms");
    }

    private void interrupt(PendingCall call, CancelMode mode, WampError reason) {
        CalleeEntry callee = call.callee();
        if (callee != null) {
            callee.lane().send(new RoutedCancel(realm, callee.loop(), call.id(), mode, reason.uri()), lane);
        }
    }

    /** Answers since when this node knows of a registration: all event loops say the same, so that one is enough. */
    public void asked(RoutedMembersAsked asked, Lane from) {
        Registration registration = table.byId(asked.id());
        long created = registration == null ? 0 : registration.created();
        from.send(new RoutedMembers(realm, asked.asker(), asked.question(), 1, created, NOBODY), lane);
    }

    private void fail(PendingCall call, WampError error, String message) {
        forget(call, CallOutcome.of(error), error.uri());
        call.caller().session().refuse(MessageType.CALL, call.request(), error, message);
    }

    /** Ends the call; everyone who ends one comes through here once. */
    private void forget(PendingCall call, CallOutcome outcome, @Nullable String error) {
        if (pending.remove(call.id()) != null) {
            call.ended(outcome, error, counters);
        }
        call.caller().ended(call);
        call.timeout(null);
    }

    /** Calls of this event loop's sessions that are not answered yet. */
    public int callsInFlight() {
        return pending.size();
    }
}
