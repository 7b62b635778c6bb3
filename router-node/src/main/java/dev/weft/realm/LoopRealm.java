package dev.weft.realm;

import dev.weft.auth.RealmAuthentication;
import dev.weft.authorization.AuthorizationCounters;
import dev.weft.authorization.DynamicAuthorizer;
import dev.weft.authorization.LoopAuthorizer;
import dev.weft.authorization.RoleAuthorizer;
import dev.weft.broker.Broker;
import dev.weft.dealer.Dealer;
import dev.weft.dealer.Invocations;
import dev.weft.dealer.RouterCalls;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.lane.LongMap;
import dev.weft.link.RoutedKill;
import dev.weft.link.RoutedMembersAsked;
import dev.weft.link.RoutedRevocation;
import dev.weft.meta.MetaApi;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.GlobalIds;
import dev.weft.session.MessageShare;
import dev.weft.session.Realms;
import dev.weft.session.Session;
import dev.weft.session.SessionCounters;
import dev.weft.tracing.Tracing;
import dev.weft.transport.CloseReason;
import dev.weft.wamp.WampError;
import dev.weft.wamp.WampMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One realm on one event loop: its broker and its dealer, and the way in for sessions. Belongs to its event loop. */
public final class LoopRealm implements Realms.Entrance {
    private static final CompletionStage<?> THERE = CompletableFuture.completedFuture(null);

    private final RealmSettings settings;
    private final Broker broker;
    private final Dealer dealer;
    private final Invocations invocations;
    private final MetaApi meta;
    private LoopAuthorizer authorizer;
    private RoleLimits limits;
    private RouterProcedures routerProcedures;
    private final LongMap<MessageRouter> sessions = new LongMap<>();
    private @Nullable RouterCalls routerCalls;
    private final SessionCounters counters = new SessionCounters();

    public LoopRealm(
            RealmSettings settings,
            Broker broker,
            Dealer dealer,
            Invocations invocations,
            MetaApi meta,
            RealmRules rules) {
        this.meta = meta;
        this.authorizer = rules.authorizer();
        this.limits = rules.limits();
        this.routerProcedures = rules.routerProcedures();
        this.settings = settings;
        this.broker = broker;
        this.dealer = dealer;
        this.invocations = invocations;
    }

    /** Has its calls and publications recorded. Called before the event loop has work. */
    public void tracedBy(Tracing tracing) {
        broker.tracedBy(tracing);
        dealer.tracedBy(tracing);
        invocations.tracedBy(tracing);
    }

    public String uri() {
        return settings.uri();
    }

    public Broker broker() {
        return broker;
    }

    public Dealer dealer() {
        return dealer;
    }

    public Invocations invocations() {
        return invocations;
    }

    /** Its sessions. Any thread. */
    public SessionCounters counters() {
        return counters;
    }

    /** All that is counted. Any thread. */
    public RealmFigures figures() {
        return new RealmFigures(counters, broker.counters(), dealer.counters(), invocations.tallies());
    }

    RouterProcedures routerProcedures() {
        return routerProcedures;
    }

    MetaApi meta() {
        return meta;
    }

    /** Asks about the requests of a session. */
    Consent consent(
            Session session, DynamicAuthorizer asked, Consumer<WampMessage> dispatcher, Consent.Refuser refuser) {
        RouterCalls calls = routerCalls(session.connection().lane());
        return new Consent(session, asked, calls, settings.disclosure(), authorizer.counters(), dispatcher, refuser);
    }

    /** @param lane to the event loop */
    RouterCalls routerCalls(LocalLane lane) {
        RouterCalls calls = routerCalls;
        if (calls == null) {
            calls = new RouterCalls(settings.uri(), new GlobalIds().nextUnguessable(), lane, dealer);
            routerCalls = calls;
        }
        return calls;
    }

    /** Ends a session of this event loop; one that has ended already is not looked for. */
    void kill(RoutedKill kill) {
        MessageRouter found = sessions.get(kill.session());
        if (found != null) {
            found.session().kill(kill.reason(), kill.message());
        }
    }

    /** Answers what this event loop knows of a subscription or registration. */
    void asked(RoutedMembersAsked asked, Lane from) {
        if (asked.registration()) {
            dealer.asked(asked, from);
        } else {
            broker.subscriptions().asked(asked, from);
        }
    }

    /** Takes a subscription or registration from a session of this event loop. */
    void revoke(RoutedRevocation revocation) {
        if (revocation.registration()) {
            invocations.registrations().revoke(revocation);
        } else {
            broker.subscriptions().revoke(revocation);
        }
    }

    /** The session ended. */
    void left(Session session) {
        if (sessions.remove(session.id()) != null) {
            counters.ended(session);
        }
        limits.quotas().closed(session);
    }

    @Override
    public boolean tellsOfSessions() {
        return settings.metaAccess().mayRead();
    }

    @Override
    public boolean keepsHistory() {
        return meta.keepsHistory();
    }

    @Override
    public DisclosurePolicy disclosure() {
        return settings.disclosure();
    }

    @Override
    public RealmAuthentication authentication() {
        return settings.authentication();
    }

    @Override
    public boolean strictRequestIds() {
        return settings.strictRequestIds();
    }

    @Override
    public CompletionStage<?> prepare() {
        return THERE;
    }

    @Override
    public Realms.@Nullable Refusal open(Session session) {
        int ofRole = limits.sessions(session.identity().authrole());
        String full = limits.quotas().open(session, limits.ofRealm(), ofRole);
        return full == null ? null : new Realms.Refusal(WampError.LIMIT_EXCEEDED, full, CloseReason.SESSION_LIMIT);
    }

    @Override
    public MessageRouter enter(Session session) {
        MessageRouter entered = new MessageRouter(session, this, new InboundGuard(settings.strictUris()));
        sessions.put(session.id(), entered);
        counters.opened();
        return entered;
    }

    /**
     * Has other rules hold: for each session from its next message on. What it holds and may not have any more is taken from it.
     *
     * @param lane to the event loop
     */
    public void ruledBy(RealmRules rules, LocalLane lane) {
        authorizer = rules.authorizer();
        limits = rules.limits();
        routerProcedures = rules.routerProcedures();
        settings.disclosure().become(rules.disclosure());
        List<MessageRouter> present = List.copyOf(sessions.values());
        present.forEach(MessageRouter::obeyRules);
        RulesReview.begin(present, lane);
    }

    RoleAuthorizer authorizer(Session session) {
        return authorizer.ofRole(session.identity().authrole());
    }

    /** Who is asked about what the permissions allow to a session; null if nobody is. */
    @Nullable
    DynamicAuthorizer asked(Session session) {
        return authorizer.dynamicOf(session.identity().authrole());
    }

    /** Messages a second that a session may send; 0 for any number. */
    int messageRate(Session session) {
        return limits.messageRate(session.identity().authrole());
    }

    /** What the session may send together with others; null if it may send as much as it likes. */
    @Nullable
    MessageShare share(Session session) {
        return limits.rates().join(session, limits.realmRate());
    }

    AuthorizationCounters denials() {
        return authorizer.counters();
    }
}
