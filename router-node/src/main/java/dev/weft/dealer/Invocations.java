package dev.weft.dealer;

import dev.weft.directory.TableDirectory;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedCall;
import dev.weft.link.RoutedCancel;
import dev.weft.link.RoutedError;
import dev.weft.link.RoutedRefusal;
import dev.weft.link.RoutedResult;
import dev.weft.observability.Tallies;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.Feature;
import dev.weft.session.Session;
import dev.weft.session.SessionLimits;
import dev.weft.tracing.Operation;
import dev.weft.tracing.Span;
import dev.weft.tracing.Tracing;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.ResultDetails;
import dev.weft.wamp.TraceContext;
import dev.weft.wamp.WampError;
import dev.weft.wamp.Yield;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The callees' half of the dealer, of one realm on one event loop: invocations, from the call that comes over a lane to the
 * callee's answer, which goes back over that lane. Belongs to its event loop.
 */
public final class Invocations {
    private final String realm;
    private final LocalLane lane;
    private final SessionLimits limits;
    private final LoopRegistrations registrations;

    private final Tallies<InvocationTally> tallies = new Tallies<>(InvocationTally.class);
    private Tracing tracing = Tracing.OFF;
    private final InvocationsInFlight inFlight = new InvocationsInFlight(tallies);

    public Invocations(
            String realm,
            LocalLane lane,
            RegistrationTable table,
            TableDirectory directory,
            SessionLimits limits,
            DisclosurePolicy disclosure) {
        this.realm = realm;
        this.lane = lane;
        this.limits = limits;
        this.registrations = new LoopRegistrations(this, realm, lane, table, directory, limits, disclosure);
    }

    /** What the loop's callees have registered. */
    public LoopRegistrations registrations() {
        return registrations;
    }

    /** Has invocations recorded from now on. */
    public void tracedBy(Tracing other) {
        tracing = other;
    }

    /** What it has done. Any thread. */
    public Tallies<InvocationTally> tallies() {
        return tallies;
    }

    /** A call came over the lane, or a further chunk of one. */
    public void invoke(RoutedCall call, Lane from) {
        if (call.continuation()) {
            goOn(call, from);
            return;
        }
        Callee callee = registrations.callee(call.callee());
        HeldRegistration registration =
                callee == null ? null : callee.registrations().get(call.registration());
        if (callee == null || registration == null) {
            refuse(call, from, false);
            return;
        }
        if (registration.isBusy() && registration.waiting() >= limits.maxQueuedCalls()) {
            tallies.increment(InvocationTally.QUEUE_FULL);
            refuse(call, from, true);
            return;
        }
        registration.calledFrom(from);
        PendingInvocation invocation = pending(callee, registration, call, from);
        inFlight.add(invocation);
        if (registration.isBusy()) {
            tallies.increment(InvocationTally.QUEUED);
            invocation.keep(call);
            registration.await(invocation);
        } else {
            start(invocation, call);
        }
    }

    private PendingInvocation pending(Callee callee, HeldRegistration registration, RoutedCall call, Lane from) {
        TraceContext trace = call.details().trace();
        Span span = trace == null ? null : begin(registration, call, trace);
        return span == null
                ? new PendingInvocation(callee, registration, call, from)
                : new TracedInvocation(callee, registration, call, from, span);
    }

    private @Nullable Span begin(HeldRegistration registration, RoutedCall call, TraceContext trace) {
        String called = call.details().procedure();
        String procedure = called == null ? registration.claim().procedure() : called;
        return tracing.begin(Operation.INVOCATION, realm, procedure, trace);
    }

    private void refuse(RoutedCall call, Lane from, boolean unavailable) {
        from.send(new RoutedRefusal(realm, call.call(), unavailable, call.payload()), lane);
    }

    /** INVOCATION. */
    private void start(PendingInvocation invocation, RoutedCall call) {
        Callee callee = invocation.callee();
        inFlight.start(invocation, callee.nextInvocation());
        if (callee.session().supports(Feature.CALLEE_CALL_REROUTE)) {
            invocation.keep(call);
        }
        send(invocation, call);
    }

    /** Whether the callee could take it; if not, the call is over. */
    private boolean send(PendingInvocation invocation, RoutedCall call) {
        Session callee = invocation.callee().session();
        if (callee.trySend(new Invocation(
                invocation.request(), call.registration(), invocation.detailsOf(call), call.payload()))) {
            return true;
        }
        if (call.continuation()) {
            interrupt(invocation, CancelMode.KILLNOWAIT, WampError.PAYLOAD_SIZE_EXCEEDED.uri());
        }
        inFlight.remove(invocation);
        fail(invocation, WampError.PAYLOAD_SIZE_EXCEEDED, "the call is longer than the callee's transport accepts");
        return false;
    }

    /** A further chunk ("Progressive Call Invocations"): all bear the request id of the first. */
    private void goOn(RoutedCall chunk, Lane from) {
        PendingInvocation invocation = inFlight.of(from, chunk.call());
        if (invocation == null) {
            refuse(chunk, from, false);
        } else if (invocation.isWaiting()) {
            invocation.keep(chunk);
        } else {
            invocation.registration().calledFrom(from);
            invocation.commit();
            if (!send(invocation, chunk)) {
                startNext(invocation.registration());
            }
        }
    }

    /** The call is over: one that waited for that begins. */
    private void end(PendingInvocation invocation) {
        inFlight.remove(invocation);
        startNext(invocation.registration());
    }

    private void startNext(HeldRegistration registration) {
        for (PendingInvocation next = registration.next(); next != null; next = registration.next()) {
            List<RoutedCall> chunks = next.kept();
            next.commit();
            start(next, chunks.get(0));
            for (int i = 1; i < chunks.size() && inFlight.of(next.from(), next.call()) == next; i++) {
                next.commit();
                send(next, chunks.get(i));
            }
        }
    }

    /** Calls that wait for the callee go to another one, or end there where they came from. */
    void giveUpWaiting(HeldRegistration registration) {
        for (PendingInvocation waiting : registration.giveUpAll()) {
            waiting.over(WampError.UNAVAILABLE.uri());
            inFlight.remove(waiting);
            waiting.kept().forEach(chunk -> refuse(chunk, waiting.from(), false));
        }
    }

    /** YIELD. One that comes too late is dropped; one for an INVOCATION that never was is a violation (reading G3). */
    public void yield(Callee callee, Yield yield) {
        PendingInvocation invocation = answered(callee, yield.request(), "YIELD");
        if (invocation == null) {
            return;
        }
        boolean progress = yield.options().progress();
        if (progress && !invocation.receiveProgress()) {
            return;
        }
        Ppt ppt = yield.options().ppt();
        ResultDetails details = progress || ppt != null ? new ResultDetails(progress, ppt) : ResultDetails.DEFAULT;
        invocation.from().send(new RoutedResult(realm, invocation.call(), details, yield.payload()), lane);
        callee.session().fed(invocation.from());
        if (progress) {
            invocation.commit();
        } else {
            invocation.over(null);
            end(invocation);
        }
    }

    /** ERROR in answer to an INVOCATION. */
    public void error(Callee callee, ErrorMessage error) {
        PendingInvocation invocation = answered(callee, error.request(), "ERROR");
        if (invocation == null) {
            return;
        }
        // The next callee may be on this event loop, too, where the call is known by the same id.
        invocation.over(error.error());
        inFlight.remove(invocation);
        RoutedCall again = error.error().equals(WampError.UNAVAILABLE.uri()) ? invocation.forAnotherCallee() : null;
        if (again != null) {
            tallies.increment(InvocationTally.GIVEN_BACK);
            refuse(again, invocation.from(), true);
        } else {
            invocation
                    .from()
                    .send(
                            new RoutedError(realm, invocation.call(), error.details(), error.error(), error.payload()),
                            lane);
        }
        startNext(invocation.registration());
    }

    private @Nullable PendingInvocation answered(Callee callee, long request, String answer) {
        PendingInvocation invocation = callee.invocations().get(request);
        if (invocation == null && !callee.wasInvoked(request)) {
            callee.session().violated(answer + " for INVOCATION " + request + ", which was never sent");
        }
        return invocation;
    }

    /** The caller gave up, or left. */
    public void cancel(RoutedCancel cancel, Lane from) {
        PendingInvocation invocation = inFlight.of(from, cancel.call());
        if (invocation == null || (cancel.mode() == CancelMode.SKIP && !invocation.isWaiting())) {
            return;
        }
        boolean interrupted = interrupt(invocation, cancel.mode(), cancel.reason());
        if (cancel.mode() == CancelMode.KILL) {
            if (interrupted) {
                return;
            }
            fail(invocation, WampError.CANCELED, "canceled by the caller");
        }
        if (interrupted || !isWorkedOn(invocation)) {
            invocation.over(cancel.reason());
            end(invocation);
        }
    }

    /** Whether the callee, if it cannot be told to stop, counts as busy with it until it answers. */
    private static boolean isWorkedOn(PendingInvocation invocation) {
        return !invocation.isWaiting() && invocation.registration().isLimited();
    }

    /**
     * The session ended: its callers are told, and no call comes any more.
     *
     * @param released run when all its registrations have been given back, also those that were only asked for
     */
    public void left(Callee callee, Runnable released) {
        registrations.withdraw(callee);
        for (PendingInvocation invocation : inFlight.of(callee)) {
            inFlight.remove(invocation);
            fail(invocation, WampError.CANCELED, "the callee left before it answered");
        }
        callee.whenAllAnswered(released);
    }

    /** No call comes any more: the session is to end. Returns whether it has answered all that came. */
    public boolean finish(Callee callee) {
        registrations.withdraw(callee);
        return callee.invocations().isEmpty();
    }

    /** The node of the callers is gone, or the link to it: nobody waits for the answers. */
    public void laneDown(Lane down) {
        List<PendingInvocation> gone = inFlight.of(down);
        for (PendingInvocation invocation : gone) {
            boolean interrupted = interrupt(invocation, CancelMode.KILLNOWAIT, WampError.NETWORK_FAILURE.uri());
            if (interrupted || !isWorkedOn(invocation)) {
                invocation.over(WampError.NETWORK_FAILURE.uri());
                inFlight.remove(invocation);
            }
        }
        inFlight.forget(down);
        gone.forEach(invocation -> startNext(invocation.registration()));
    }

    /** Whether the callee can be told to stop, and was. */
    private static boolean interrupt(PendingInvocation invocation, CancelMode mode, String reason) {
        Session callee = invocation.callee().session();
        if (invocation.isWaiting() || !callee.supports(Feature.CALLEE_CALL_CANCELING)) {
            return false;
        }
        callee.send(new Interrupt(invocation.request(), mode, reason));
        return true;
    }

    private void fail(PendingInvocation invocation, WampError error, String message) {
        invocation.over(error.uri());
        ErrorDetails details = new ErrorDetails(message, null);
        invocation.from().send(new RoutedError(realm, invocation.call(), details, error.uri(), Payload.EMPTY), lane);
    }
}
