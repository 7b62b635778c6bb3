package dev.weft.dealer;

import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.LocalLane;
import dev.weft.lane.LongMap;
import dev.weft.link.CalleeTraits;
import dev.weft.link.RoutedRevocation;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.Feature;
import dev.weft.session.Session;
import dev.weft.session.SessionLimits;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Revocation;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.WampError;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The registrations of one realm's sessions on one event loop, from REGISTER to UNREGISTERED. Belongs to its event loop.
 */
public final class LoopRegistrations {
    private final String realm;
    private final LocalLane lane;
    private final RegistrationTable table;
    private final TableDirectory directory;
    private final SessionLimits limits;
    private final DisclosurePolicy disclosure;
    private final Invocations invocations;
    /** By the id of the session. */
    private final LongMap<Callee> callees = new LongMap<>();

    /** @param invocations told of each registration by which its callee gets no further INVOCATION */
    LoopRegistrations(
            Invocations invocations,
            String realm,
            LocalLane lane,
            RegistrationTable table,
            TableDirectory directory,
            SessionLimits limits,
            DisclosurePolicy disclosure) {
        this.invocations = invocations;
        this.realm = realm;
        this.lane = lane;
        this.table = table;
        this.directory = directory;
        this.limits = limits;
        this.disclosure = disclosure;
    }

    /** Null if the session has left, or never registered anything. */
    @Nullable
    Callee callee(long session) {
        return callees.get(session);
    }

    /** REGISTER: answered when the cluster granted it and every live node knows. */
    public void register(Callee callee, Register register) {
        Session session = callee.session();
        if (register.options().discloseCaller()
                && !disclosure.mayAskForCallers(session.identity(), register.procedure())) {
            session.refuse(
                    MessageType.REGISTER,
                    register.request(),
                    WampError.DISCLOSE_ME_DISALLOWED,
                    "callers are not disclosed to the callees of " + register.procedure());
            return;
        }
        String full = limits.countRegistration(callee.claims(), table.holdings());
        if (full != null) {
            invocations.tallies().increment(InvocationTally.REFUSED_AT_LIMIT);
            session.refuse(MessageType.REGISTER, register.request(), WampError.LIMIT_EXCEEDED, full);
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
        if (!settle(callee, register, claim, answer)) {
            table.holdings().giveBack();
        }
        callee.answered();
    }

    /** Returns whether the session holds the registration now. */
    private boolean settle(Callee callee, Register register, CalleeClaim claim, TableAnswer answer) {
        Session session = callee.session();
        if (answer instanceof TableAnswer.Granted granted) {
            if (!session.isOpen()) {
                directory.removeCallee(claim, granted.id(), lane, () -> {});
                return false;
            }
            callees.put(session.id(), callee);
            Registration shared = table.find(claim.match(), claim.procedure());
            HeldRegistration held = new HeldRegistration(
                    granted.id(),
                    claim,
                    register.options().concurrency(),
                    shared == null ? null : shared.pressure(realm));
            held.counts(session.connection().pace());
            boolean further = callee.registrations().get(granted.id()) == null;
            callee.registrations().put(granted.id(), held);
            session.send(new Registered(register.request(), granted.id()));
            return further;
        }
        if (answer instanceof TableAnswer.Refused refused && session.isOpen()) {
            session.refuse(MessageType.REGISTER, register.request(), refused.error(), refused.message());
        }
        return false;
    }

    /** Another node has an older registration that excludes this one. Calls in flight may be answered. */
    private void revoked(Callee callee, TableAnswer.Revoked revoked) {
        HeldRegistration held = callee.registrations().remove(revoked.id());
        Session session = callee.session();
        if (held == null) {
            return;
        }
        countsNoMore(callee, held);
        invocations.giveUpWaiting(held);
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
        invocations.giveUpWaiting(held);
        directory.removeCallee(held.claim(), held.id(), lane, () -> {
            if (session.isOpen()) {
                session.send(new Unregistered(unregister.request(), null));
            }
        });
    }

    private void countsNoMore(Callee callee, HeldRegistration held) {
        table.holdings().giveBack();
        held.countsNoMore(callee.session().connection().pace());
    }

    /** No call comes to the callee any more: what it registered is given back. */
    void withdraw(Callee callee) {
        callees.remove(callee.session().id());
        for (HeldRegistration held : List.copyOf(callee.registrations().values())) {
            countsNoMore(callee, held);
            invocations.giveUpWaiting(held);
            directory.removeCallee(held.claim(), held.id(), lane, () -> {});
        }
        callee.registrations().clear();
    }
}
