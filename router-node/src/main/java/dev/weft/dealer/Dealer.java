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
import dev.weft.session.Session;
import dev.weft.session.SessionLimits;
import dev.weft.session.Standing;
import dev.weft.uri.Matches;
import dev.weft.wamp.Call;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Result;
import dev.weft.wamp.ResultDetails;
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

    private final String realm;
    private final LocalLane lane;
    private final RegistrationTable table;
    private final SessionLimits limits;
    private final DisclosurePolicy disclosure;

    private final LongMap<PendingCall> pending = new LongMap<>();
    private final Matches<Registration> scratch = new Matches<>();
    private final DealerCounters counters = new DealerCounters();
    private long sequence;

    public Dealer(
            String realm, LocalLane lane, RegistrationTable table, SessionLimits limits, DisclosurePolicy disclosure) {
        this.realm = realm;
        this.lane = lane;
        this.table = table;
        this.limits = limits;
        this.disclosure = disclosure;
    }

    /** What it has done. Any thread. */
    public DealerCounters counters() {
        return counters;
    }

    /** CALL: to the callee chosen, wherever it is. */
    public void call(Caller caller, Call call) {
        if (caller.calls().get(call.request()) != null) {
            caller.session().violated("CALL " + call.request() + " is still in flight");
            return;
        }
        if (caller.calls().size() >= limits.maxCallsInFlight()) {
            caller.session()
                    .refuse(
                            MessageType.CALL,
                            call.request(),
                            WampError.LIMIT_EXCEEDED,
                            "a session may have " + limits.maxCallsInFlight() + " calls in flight");
            return;
        }
        Standing standing = disclosure.ofCaller(caller.session().identity(), call.procedure());
        if (standing.refuses(call.options().discloseMe())) {
            caller.session()
                    .refuse(
                            MessageType.CALL,
                            call.request(),
                            WampError.DISCLOSE_ME_DISALLOWED,
                            "callers are not disclosed to the callees of " + call.procedure());
            return;
        }
        PendingCall opened = new PendingCall(CallId.of(++sequence, lane.index()), caller, call, standing);
        pending.put(opened.id(), opened);
        counters.tallies().increment(DealerTally.CALLED);
        caller.calls().put(opened.request(), opened);
        restartTimeout(opened);
        route(opened, call.payload());
    }

    private void route(PendingCall call, Payload payload) {
        Registration registration = table.match(call.procedure(), scratch);
        CalleeEntry callee = registration == null ? null : CalleeSelector.select(registration, call.refused());
        if (registration != null && callee == null) {
            registration = table.matchWithout(call.refused(), call.procedure(), scratch);
            callee = registration == null ? null : CalleeSelector.select(registration, call.refused());
        }
        if (registration == null || callee == null) {
            fail(call, WampError.NO_SUCH_PROCEDURE, "no callee has registered " + call.procedure());
            return;
        }
        call.sentTo(callee);
        callee.lane()
                .send(
                        new RoutedCall(
                                realm,
                                callee.loop(),
                                call.id(),
                                callee.session(),
                                callee.registration(),
                                false,
                                call.detailsFor(registration, callee),
                                payload),
                        lane);
        call.caller().session().fed(callee.lane());
    }

    /** The callee chosen was gone: another one, or the error the caller would have got without it. */
    public void refused(RoutedRefusal refusal) {
        PendingCall call = pending.get(refusal.call());
        if (call == null || call.callee() == null) {
            return;
        }
        if (call.isCanceled()) {
            fail(call, WampError.CANCELED, "canceled by the caller");
            return;
        }
        call.refused(call.callee());
        counters.tallies().increment(DealerTally.REROUTED);
        route(call, refusal.payload());
    }

    /** YIELD of the callee. */
    public void result(RoutedResult result) {
        PendingCall call = pending.get(result.call());
        if (call == null) {
            return;
        }
        if (result.details().progress()) {
            restartTimeout(call);
        }
        Session caller = call.caller().session();
        ResultDetails details = result.details().progress() ? new ResultDetails(true, null) : ResultDetails.DEFAULT;
        if (caller.trySend(new Result(call.request(), details, result.payload()))) {
            if (!result.details().progress()) {
                forget(call, CallOutcome.RESULT);
            }
            return;
        }
        if (result.details().progress()) {
            interrupt(call, CancelMode.KILLNOWAIT, WampError.PAYLOAD_SIZE_EXCEEDED);
        }
        fail(call, WampError.PAYLOAD_SIZE_EXCEEDED, "the result is longer than the caller's transport accepts");
    }

    /** ERROR of the callee, or of the router in its place. */
    public void error(RoutedError error) {
        PendingCall call = pending.get(error.call());
        if (call == null) {
            return;
        }
        forget(call, CallOutcome.ERROR);
        Session caller = call.caller().session();
        if (!caller.trySend(
                new ErrorMessage(MessageType.CALL, call.request(), error.details(), error.error(), error.payload()))) {
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
        if (mode != CancelMode.SKIP) {
            interrupt(call, mode, WampError.CANCELED);
        }
        if (mode == CancelMode.KILL) {
            call.canceled();
        } else {
            fail(call, WampError.CANCELED, "canceled by the caller");
        }
    }

    /** The session ended: nobody waits for its calls. */
    public void left(Caller caller) {
        List<PendingCall> calls = List.copyOf(caller.calls().values());
        for (PendingCall call : calls) {
            forget(call, CallOutcome.CALLER_LEFT);
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

    private void expired(PendingCall call) {
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
        forget(call, CallOutcome.of(error));
        call.caller().session().refuse(MessageType.CALL, call.request(), error, message);
    }

    /** Ends the call; everyone who ends one comes through here once. */
    private void forget(PendingCall call, CallOutcome outcome) {
        if (pending.remove(call.id()) != null) {
            counters.ended(outcome, call.age());
        }
        call.caller().calls().remove(call.request());
        call.timeout(null);
    }

    /** Calls of this event loop's sessions that are not answered yet. */
    public int callsInFlight() {
        return pending.size();
    }
}
