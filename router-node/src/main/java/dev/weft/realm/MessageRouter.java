package dev.weft.realm;

import dev.weft.authorization.AccessRequest;
import dev.weft.authorization.Action;
import dev.weft.authorization.DynamicAuthorizer;
import dev.weft.authorization.RoleAuthorizer;
import dev.weft.broker.Subscriber;
import dev.weft.broker.Subscription;
import dev.weft.dealer.Callee;
import dev.weft.dealer.Caller;
import dev.weft.meta.MetaCaller;
import dev.weft.session.Feature;
import dev.weft.session.Holdings;
import dev.weft.session.MessageRate;
import dev.weft.session.MessageShare;
import dev.weft.session.Realms;
import dev.weft.session.Session;
import dev.weft.transport.CloseReason;
import dev.weft.transport.Pace;
import dev.weft.wamp.Call;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.Publish;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.WampError;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.WampUri;
import dev.weft.wamp.Yield;
import org.jspecify.annotations.Nullable;

/** The switch: takes each message of one session to the broker or the dealer. Belongs to the session's event loop. */
final class MessageRouter implements Realms.Participation {
    private final Session session;
    private final LoopRealm realm;
    private final InboundGuard guard;
    private RoleAuthorizer authorizer;
    private final Subscriber subscriber;
    private final Caller caller;
    private final Callee callee;
    private final MetaCaller metaCaller;
    private @Nullable Consent consent;
    private @Nullable MessageRate rate;
    private final @Nullable MessageShare share;

    MessageRouter(Session session, LoopRealm realm, InboundGuard guard) {
        this.session = session;
        this.realm = realm;
        this.guard = guard;
        this.authorizer = realm.authorizer(session);
        this.rate = rate(realm.messageRate(session));
        this.share = realm.share(session);
        this.subscriber = new Subscriber(session);
        this.caller = new Caller(session);
        this.callee = new Callee(session);
        this.metaCaller = new MetaCaller(session, this::mayPublishTestament, this::mayRead);
        DynamicAuthorizer asked = realm.asked(session);
        this.consent = asked == null ? null : realm.consent(session, asked, this::dispatch, this::refuse);
    }

    private static @Nullable MessageRate rate(int perSecond) {
        return perSecond == 0 ? null : new MessageRate(perSecond, System.nanoTime());
    }

    Session session() {
        return session;
    }

    /** The rules of the realm have changed: the next message is ruled by the new ones. */
    void obeyRules() {
        authorizer = realm.authorizer(session);
        int perSecond = realm.messageRate(session);
        if (rate == null || rate.perSecond() != perSecond) {
            rate = rate(perSecond);
        }
        Consent before = consent;
        DynamicAuthorizer asked = realm.asked(session);
        if (before == null) {
            consent = asked == null ? null : realm.consent(session, asked, this::dispatch, this::refuse);
        } else if (asked != null) {
            before.ask(asked);
        } else {
            before.afterRequests(this::askNobody);
        }
    }

    private void askNobody() {
        if (realm.asked(session) == null) {
            consent = null;
        }
    }

    /**
     * Takes from the session what it holds and may not have any more. What it has asked for and not got yet is looked at again
     * when it has.
     *
     * @return how many subscriptions and registrations it had
     */
    int review() {
        int held = subscriber.subscriptions() + callee.claims();
        revokeSubscriptions();
        revokeRegistrations();
        subscriber.whenAllAnswered(this::revokeSubscriptions);
        if (session.isOpen()) {
            callee.whenAllAnswered(this::revokeRegistrations);
        }
        return held;
    }

    private void revokeSubscriptions() {
        count(realm.broker()
                .subscriptions()
                .revoke(
                        subscriber,
                        (match, topic) -> authorizer.allows(AccessRequest.subscribe(match, topic)),
                        WampError.NOT_AUTHORIZED.uri()));
    }

    private void revokeRegistrations() {
        count(realm.invocations()
                .registrations()
                .revoke(
                        callee,
                        claim -> authorizer.allows(
                                        AccessRequest.register(claim.match(), claim.procedure(), claim.invoke()))
                                && mayRegister(claim.procedure(), claim.match()),
                        WampError.NOT_AUTHORIZED.uri()));
    }

    private void count(int revoked) {
        for (int i = 0; i < revoked; i++) {
            realm.denials().revoked();
        }
    }

    private boolean mayPublishTestament(String topic) {
        return authorizer.mayPublish(topic) && (consent == null || consent.isKnownToPublish(topic));
    }

    /** An authorizer is not asked about what was: who is subscribed was allowed to be. */
    private boolean mayRead(Subscription subscription) {
        return authorizer.maySubscribe(subscription.match(), subscription.topic())
                && (consent == null || subscriber.holds(subscription.id()));
    }

    @Override
    public void route(WampMessage message) {
        if (rate != null && !rate.take(System.nanoTime())) {
            session.exceeded("more than " + rate.perSecond() + " messages a second", CloseReason.RATE_LIMIT);
            return;
        }
        if (share != null) {
            share.take(session);
        }
        if (consent == null) {
            dispatch(message);
            return;
        }
        if (message instanceof Call call && call.options().progress() && !caller.mayGoOn(call.request())) {
            caller.mayOpen(call.request());
        }
        if (!consent.holds(message)) {
            dispatch(message);
        }
    }

    @Override
    public void paceChanged(Pace before, Pace now) {
        subscriber.paceChanged(before, now);
        callee.paceChanged(before, now);
    }

    private void dispatch(WampMessage message) {
        switch (message.type()) {
            case PUBLISH -> publish((Publish) message);
            case SUBSCRIBE -> subscribe((Subscribe) message);
            case UNSUBSCRIBE -> realm.broker().subscriptions().unsubscribe(subscriber, (Unsubscribe) message);
            case CALL -> call((Call) message);
            case CANCEL -> realm.dealer().cancel(caller, (Cancel) message);
            case REGISTER -> register((Register) message);
            case UNREGISTER -> realm.invocations().registrations().unregister(callee, (Unregister) message);
            case YIELD -> yielded((Yield) message);
            case ERROR -> error((ErrorMessage) message);
            default -> session.violated(message.type() + " is not for a client to send");
        }
    }

    private void publish(Publish publish) {
        if (violates(publish.options().ppt(), Feature.PUBLISHER_PAYLOAD_PASSTHRU_MODE, "PUBLISH")) {
            return;
        }
        String fault = guard.faultOfOwn(publish.topic(), MatchPolicy.EXACT);
        if (fault != null) {
            refusePublish(publish, WampError.INVALID_URI, fault);
        } else if (!authorizer.mayPublish(publish.topic())) {
            refusePublish(publish, WampError.NOT_AUTHORIZED, mayNot(AccessRequest.publish(publish.topic())));
        } else {
            Publish allowed = consented(Action.PUBLISH, publish.topic(), publish);
            if (allowed != null) {
                realm.broker().publish(session, allowed);
            }
        }
    }

    /** The message to be handled; null if an authorizer denied it, or is asked. */
    private <M extends WampMessage> @Nullable M consented(Action action, String uri, M message) {
        return consent == null ? message : consent.consented(action, uri, message);
    }

    /** What an authorizer denies. */
    private void refuse(WampMessage message, WampError error, String words) {
        if (message instanceof Publish publish) {
            refusePublish(publish, error, words);
        } else if (message instanceof Call call) {
            realm.dealer().refuse(caller, call, error, words);
        } else if (message instanceof Subscribe subscribe) {
            session.refuse(MessageType.SUBSCRIBE, subscribe.request(), error, words);
        } else if (message instanceof Register register) {
            session.refuse(MessageType.REGISTER, register.request(), error, words);
        }
    }

    /** A publisher that does not ask is not told ("Publishing and Events"). */
    private void refusePublish(Publish publish, WampError error, String message) {
        if (publish.options().acknowledge()) {
            session.refuse(MessageType.PUBLISH, publish.request(), error, message);
        }
    }

    private String mayNot(AccessRequest request) {
        return "the role " + session.identity().authrole() + " may not " + request;
    }

    private void subscribe(Subscribe subscribe) {
        String fault = guard.fault(subscribe.topic(), subscribe.options().match());
        if (fault != null) {
            session.refuse(MessageType.SUBSCRIBE, subscribe.request(), WampError.INVALID_URI, fault);
            return;
        }
        MatchPolicy match = subscribe.options().match();
        if (!authorizer.maySubscribe(match, subscribe.topic())) {
            String message = mayNot(AccessRequest.subscribe(match, subscribe.topic()));
            session.refuse(MessageType.SUBSCRIBE, subscribe.request(), WampError.NOT_AUTHORIZED, message);
            return;
        }
        if (consented(Action.SUBSCRIBE, subscribe.topic(), subscribe) != null) {
            realm.broker().subscriptions().subscribe(subscriber, subscribe);
        }
    }

    private void call(Call call) {
        if (realm.dealer().goesOn(caller, call)) {
            return;
        }
        boolean chunked = call.options().progress();
        if (chunked && !session.supports(Feature.CALLER_PROGRESSIVE_CALL_INVOCATIONS)) {
            session.violated("CALL.Options.progress: the client has not announced progressive_call_invocations");
            return;
        }
        if (violates(call.options().ppt(), Feature.CALLER_PAYLOAD_PASSTHRU_MODE, "CALL")) {
            return;
        }
        String fault = guard.fault(call.procedure(), MatchPolicy.EXACT);
        if (fault != null) {
            realm.dealer().refuse(caller, call, WampError.INVALID_URI, fault);
            return;
        }
        if (!authorizer.mayCall(call.procedure())) {
            String message = mayNot(AccessRequest.call(call.procedure()));
            realm.dealer().refuse(caller, call, WampError.NOT_AUTHORIZED, message);
            return;
        }
        if (!realm.routerProcedures().isForClients(call.procedure())) {
            realm.dealer().refuse(caller, call, WampError.NOT_AUTHORIZED, "only the router calls " + call.procedure());
            return;
        }
        Call allowed = consented(Action.CALL, call.procedure(), call);
        if (allowed != null) {
            open(allowed);
        }
    }

    private void open(Call call) {
        boolean own = WampUri.isOfSpecification(call.procedure());
        if (!own) {
            realm.dealer().call(caller, call);
        } else if (call.options().progress() || call.options().ppt() != null) {
            realm.dealer()
                    .refuse(
                            caller,
                            call,
                            WampError.FEATURE_NOT_SUPPORTED,
                            "the router's procedures take plain calls only");
        } else {
            realm.meta().call(metaCaller, call);
        }
    }

    private void register(Register register) {
        String fault = guard.faultOfOwn(register.procedure(), register.options().match());
        if (fault != null) {
            session.refuse(MessageType.REGISTER, register.request(), WampError.INVALID_URI, fault);
            return;
        }
        RegisterOptions options = register.options();
        if (!authorizer.mayRegister(options.match(), register.procedure(), options.invoke())) {
            String message = mayNot(AccessRequest.register(options.match(), register.procedure(), options.invoke()));
            session.refuse(MessageType.REGISTER, register.request(), WampError.NOT_AUTHORIZED, message);
            return;
        }
        if (!mayRegister(register.procedure(), options.match())) {
            session.refuse(
                    MessageType.REGISTER,
                    register.request(),
                    WampError.NOT_AUTHORIZED,
                    "the router calls " + register.procedure() + ", and another role registers it");
            return;
        }
        if (consented(Action.REGISTER, register.procedure(), register) != null) {
            realm.invocations().registrations().register(callee, register);
        }
    }

    /** Whether it is not the router that calls it, or the session has the role that registers it. */
    private boolean mayRegister(String procedure, MatchPolicy match) {
        return realm.routerProcedures()
                .mayRegister(procedure, match, session.identity().authrole());
    }

    private void yielded(Yield yield) {
        if (!violates(yield.options().ppt(), Feature.CALLEE_PAYLOAD_PASSTHRU_MODE, "YIELD")) {
            realm.invocations().yield(callee, yield);
        }
    }

    private void error(ErrorMessage error) {
        if (error.requestType() != MessageType.INVOCATION) {
            session.violated("ERROR for " + error.requestType() + ": a client answers INVOCATION only");
            return;
        }
        if (!violates(error.details().ppt(), Feature.CALLEE_PAYLOAD_PASSTHRU_MODE, "ERROR")) {
            realm.invocations().error(callee, error);
        }
    }

    /** To use payload passthru mode without having announced it is a violation ("Payload Passthru Mode"). */
    private boolean violates(@Nullable Ppt ppt, Feature announced, String message) {
        if (ppt == null || session.supports(announced)) {
            return false;
        }
        session.violated(message + ": ppt_scheme is there, but the client has not announced payload_passthru_mode");
        return true;
    }

    @Override
    public boolean mayGoOn(long request) {
        return caller.mayGoOn(request);
    }

    @Override
    public boolean finish() {
        return realm.invocations().finish(callee);
    }

    @Override
    public Holdings holdings() {
        return new Holdings(
                subscriber.subscriptions(), callee.claims(), caller.callsInFlight(), callee.invocationsPending());
    }

    @Override
    public boolean awaitsResults() {
        return caller.hasCallsInFlight() || (consent != null && consent.isWaiting());
    }

    @Override
    public void afterRequests(Runnable action) {
        if (consent == null) {
            action.run();
        } else {
            consent.afterRequests(action);
        }
    }

    @Override
    public void leave(Runnable released) {
        if (consent != null) {
            consent.end();
        }
        if (share != null) {
            share.end();
        }
        realm.left(session);
        realm.broker().subscriptions().left(subscriber);
        realm.dealer().left(caller);
        realm.invocations().left(callee, released);
    }
}
