package dev.weft.realm;

import dev.weft.broker.Broker;
import dev.weft.dealer.Dealer;
import dev.weft.dealer.Invocations;
import dev.weft.session.Realms;
import dev.weft.session.Session;
import org.jspecify.annotations.Nullable;

/** One realm on one event loop: its broker and its dealer, and the way in for sessions. Belongs to its event loop. */
public final class LoopRealm implements Realms.Entrance {
    private final RealmSettings settings;
    private final Broker broker;
    private final Dealer dealer;
    private final Invocations invocations;

    public LoopRealm(RealmSettings settings, Broker broker, Dealer dealer, Invocations invocations) {
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
        return new MessageRouter(session, this, new InboundGuard(settings.strictUris()));
    }
}
