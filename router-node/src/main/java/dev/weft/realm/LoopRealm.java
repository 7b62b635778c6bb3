package dev.weft.realm;

import dev.weft.authorization.LoopAuthorizer;
import dev.weft.broker.Broker;
import dev.weft.dealer.Dealer;
import dev.weft.dealer.Invocations;
import dev.weft.lane.LongMap;
import dev.weft.link.RoutedKill;
import dev.weft.meta.MetaApi;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.Realms;
import dev.weft.session.Session;
import org.jspecify.annotations.Nullable;

/** One realm on one event loop: its broker and its dealer, and the way in for sessions. Belongs to its event loop. */
public final class LoopRealm implements Realms.Entrance {
    private final RealmSettings settings;
    private final Broker broker;
    private final Dealer dealer;
    private final Invocations invocations;
    private final MetaApi meta;
    private final LoopAuthorizer authorizer;
    private final LongMap<Session> sessions = new LongMap<>();

    public LoopRealm(
            RealmSettings settings,
            Broker broker,
            Dealer dealer,
            Invocations invocations,
            MetaApi meta,
            LoopAuthorizer authorizer) {
        this.meta = meta;
        this.authorizer = authorizer;
        this.settings = settings;
        this.broker = broker;
        this.dealer = dealer;
        this.invocations = invocations;
    }

    String uri() {
        return settings.uri();
    }

    Broker broker() {
        return broker;
    }

    Dealer dealer() {
        return dealer;
    }

    Invocations invocations() {
        return invocations;
    }

    MetaApi meta() {
        return meta;
    }

    /** Ends a session of this event loop; one that has ended already is not looked for. */
    void kill(RoutedKill kill) {
        Session session = sessions.get(kill.session());
        if (session != null) {
            session.kill(kill.reason(), kill.message());
        }
    }

    /** The session ended. */
    void left(Session session) {
        sessions.remove(session.id());
    }

    @Override
    public boolean tellsOfSessions() {
        return settings.metaAccess().mayRead();
    }

    @Override
    public DisclosurePolicy disclosure() {
        return settings.disclosure();
    }

    @Override
    public @Nullable String anonymousRole() {
        return settings.anonymousRole();
    }

    @Override
    public boolean strictRequestIds() {
        return settings.strictRequestIds();
    }

    @Override
    public MessageRouter enter(Session session) {
        sessions.put(session.id(), session);
        return new MessageRouter(
                session,
                this,
                new InboundGuard(settings.strictUris()),
                authorizer.ofRole(session.identity().authrole()));
    }
}
