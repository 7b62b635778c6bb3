package dev.weft.dealer;

import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.lane.LongMap;
import dev.weft.link.CalleeTraits;
import dev.weft.link.RoutedCall;
import dev.weft.link.RoutedCancel;
import dev.weft.link.RoutedError;
import dev.weft.link.RoutedRefusal;
import dev.weft.link.RoutedResult;
import dev.weft.link.RoutedRevocation;
import dev.weft.observability.Tallies;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.Feature;
import dev.weft.session.Session;
import dev.weft.session.SessionLimits;
import dev.weft.transport.Pace;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.ResultDetails;
import dev.weft.wamp.Revocation;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.WampError;
import dev.weft.wamp.Yield;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The callees' half of the dealer, of one realm on one event loop: registrations, and invocations from INVOCATION to the
 * callee's answer. Answers go back over the lane that the call came from. Belongs to its event loop.
 */
public final class Invocations {
    private final String realm;
    private final LocalLane lane;
    private final RegistrationTable table;
    private final TableDirectory directory;
    private final SessionLimits limits;
    private final DisclosurePolicy disclosure;

    private final LongMap<Callee> callees = new LongMap<>();
    private final Tallies<InvocationTally> tallies = new Tallies<>(InvocationTally.class);
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
        this.table = table;
        this.directory = directory;
        this.limits = limits;
        this.disclosure = disclosure;
    }

    /** What it has done. Any thread. */
    public Tallies<InvocationTally> tallies() {
        return tallies;
    }

    /** REGISTER: answered when the cluster granted it and every live node knows. */
    public void register(Callee callee, Register register) {
        Session session = callee.session();
        if (callee.claims() >= limits.maxRegistrations()) {
            session.refuse(
                    MessageType.REGISTER,
                    register.request(),
                    WampError.LIMIT_EXCEEDED,
                    "a session may hold " + limits.maxRegistrations() + " registrations");
            return;
        }
        if (register.options().discloseCaller()
                && !disclosure.mayAskForCallers(session.identity(), register.procedure())) {
            session.refuse(
                    MessageType.REGISTER,
                    register.request(),
                    WampError.DISCLOSE_ME_DISALLOWED,
                    "callers are not disclosed to the callees of " + register.procedure());
            return;
        }
        callee.asked();
        CalleeClaim claim = new CalleeClaim(
                realm,
                register.options().match(),
                register.procedure(),
                register.options().invoke(),
                session.id(),
                traits(session, register.options()));
        directory.addCallee(claim, lane, answer -> {
            if (answer instanceof TableAnswer.Revoked revoked) {
                revoked(callee, revoked);
            } else {
                answered(callee, register, claim, answer);
            }
        });
    }

    private static CalleeTraits traits(Session callee, RegisterOptions options) {
        return new CalleeTraits(
                options.discloseCaller(),
                options.forwardTimeout() && callee.supports(Feature.CALLEE_CALL_TIMEOUT),
                callee.supports(Feature.CALLEE_PROGRESSIVE_CALL_INVOCATIONS),
                callee.supports(Feature.CALLEE_PAYLOAD_PASSTHRU_MODE),
                options.concurrency() > 0);
    }

    private void answered(Callee callee, Register register, CalleeClaim claim, TableAnswer answer) {
        settle(callee, register, claim, answer);
        callee.answered();
    }

    private void settle(Callee callee, Register register, CalleeClaim claim, TableAnswer answer) {
        Session session = callee.session();
        if (answer instanceof TableAnswer.Granted granted) {
            if (!session.isOpen()) {
                directory.removeCallee(claim, granted.id(), lane, () -> {});
                return;
            }
            callees.put(session.id(), callee);
            Registration shared = table.find(claim.match(), claim.procedure());
            HeldRegistration held = new HeldRegistration(
                    granted.id(),
                    claim,
                    register.options().concurrency(),
                    shared == null ? null : shared.pressure(realm));
            held.counts(session.connection().pace());
            callee.registrations().put(granted.id(), held);
            session.send(new Registered(register.request(), granted.id()));
        } else if (answer instanceof TableAnswer.Refused refused && session.isOpen()) {
            session.refuse(MessageType.REGISTER, register.request(), refused.error(), refused.message());
        }
    }

    /** Another node has an older registration that excludes this one. Calls in flight may be answered. */
    private void revoked(Callee callee, TableAnswer.Revoked revoked) {
        HeldRegistration held = callee.registrations().remove(revoked.id());
        Session session = callee.session();
        if (held == null) {
            return;
        }
        countsNoMore(callee, held);
        giveUpWaiting(held);
        if (session.supports(Feature.CALLEE_REGISTRATION_REVOCATION)) {
            session.send(new Unregistered(0, new Revocation(revoked.id(), revoked.reason())));
        }
    }

    /** Another session takes a registration from one of this event loop. Nothing happens if it does not hold it. */
    public void revoke(RoutedRevocation revocation) {
        Callee callee = callees.get(revocation.session());
        HeldRegistration held = callee == null ? null : callee.registrations().get(revocation.id());
        if (callee != null && held != null) {
            revoke(callee, held, revocation.reason());
        }
    }

    private void revoke(Callee callee, HeldRegistration held, String reason) {
        directory.removeCallee(held.claim(), held.id(), lane, () -> {});
        revoked(callee, new TableAnswer.Revoked(held.id(), reason));
    }

    /**
     * Takes from a session the registrations that it may not keep.
     *
     * @return how many it lost
     */
    public int revoke(Callee callee, Predicate<CalleeClaim> mayKeep, String reason) {
        List<HeldRegistration> refused = callee.registrations().values().stream()
                .filter(held -> !mayKeep.test(held.claim()))
                .toList();
        for (HeldRegistration held : refused) {
            revoke(callee, held, reason);
        }
        return refused.size();
    }

    /** UNREGISTER: no further INVOCATION, also not of calls that wait; those in flight may be answered (reading G6). */
    public void unregister(Callee callee, Unregister unregister) {
        Session session = callee.session();
        HeldRegistration held = callee.registrations().remove(unregister.registration());
        if (held == null) {
            session.refuse(
                    MessageType.UNREGISTER,
                    unregister.request(),
                    WampError.NO_SUCH_REGISTRATION,
                    "the session does not hold registration " + unregister.registration());
            return;
        }
        countsNoMore(callee, held);
        giveUpWaiting(held);
        directory.removeCallee(held.claim(), held.id(), lane, () -> {
            if (session.isOpen()) {
                session.send(new Unregistered(unregister.request(), null));
            }
        });
    }

    private static void countsNoMore(Callee callee, HeldRegistration held) {
        held.countsNoMore(callee.session().connection().pace());
    }

    /** The callee takes what it is sent in another way than before. */
    public void paceChanged(Callee callee, Pace before, Pace now) {
        for (HeldRegistration held : callee.registrations().values()) {
            held.countsNoMore(before);
            held.counts(now);
        }
    }

    /** A call came over the lane, or a further chunk of one. */
    public void invoke(RoutedCall call, Lane from) {
        if (call.continuation()) {
            goOn(call, from);
            return;
        }
        Callee callee = callees.get(call.callee());
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
        PendingInvocation invocation = new PendingInvocation(callee, registration, call, from);
        inFlight.add(invocation);
        if (registration.isBusy()) {
            tallies.increment(InvocationTally.QUEUED);
            invocation.keep(call);
            registration.await(invocation);
        } else {
            start(invocation, call);
        }
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
        if (callee.trySend(new Invocation(invocation.request(), call.registration(), call.details(), call.payload()))) {
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
    private void giveUpWaiting(HeldRegistration registration) {
        for (PendingInvocation waiting : registration.giveUpAll()) {
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
        withdraw(callee);
        for (PendingInvocation invocation : inFlight.of(callee)) {
            inFlight.remove(invocation);
            fail(invocation, WampError.CANCELED, "the callee left before it answered");
        }
        callee.whenAllAnswered(released);
    }

    /** No call comes any more: the session is to end. Returns whether it has answered all that came. */
    public boolean finish(Callee callee) {
        withdraw(callee);
        return callee.invocations().isEmpty();
    }

    private void withdraw(Callee callee) {
        callees.remove(callee.session().id());
        for (HeldRegistration held : List.copyOf(callee.registrations().values())) {
            countsNoMore(callee, held);
            giveUpWaiting(held);
            directory.removeCallee(held.claim(), held.id(), lane, () -> {});
        }
        callee.registrations().clear();
    }

    /** The node of the callers is gone, or the link to it: nobody waits for the answers. */
    public void laneDown(Lane down) {
        List<PendingInvocation> gone = inFlight.of(down);
        for (PendingInvocation invocation : gone) {
            boolean interrupted = interrupt(invocation, CancelMode.KILLNOWAIT, WampError.NETWORK_FAILURE.uri());
            if (interrupted || !isWorkedOn(invocation)) {
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
        ErrorDetails details = new ErrorDetails(message, null);
        invocation.from().send(new RoutedError(realm, invocation.call(), details, error.uri(), Payload.EMPTY), lane);
    }
}
