package dev.weft.realm;

import dev.weft.auth.RealmAuthentication;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.Realms;
import dev.weft.session.Session;
import dev.weft.transport.CloseReason;
import dev.weft.wamp.WampError;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One client's way into a realm that is made on demand. Nothing is made before it is known who the client is. Belongs to an event
 * loop.
 */
final class OnDemandEntrance implements Realms.Entrance {
    private final OnDemandRealms realms;
    private final String uri;
    private final OnDemandRealms.Kind kind;
    private final int loop;
    private volatile boolean full;
    private @Nullable LoopRealm joined;

    OnDemandEntrance(OnDemandRealms realms, String uri, OnDemandRealms.Kind kind, int loop) {
        this.realms = realms;
        this.uri = uri;
        this.kind = kind;
        this.loop = loop;
    }

    @Override
    public RealmAuthentication authentication() {
        return kind.authentication();
    }

    @Override
    public CompletionStage<?> prepare() {
        return realms.prepare(uri, kind).handle((made, failure) -> {
            full = failure == null && !made;
            return null;
        });
    }

    @Override
    public Realms.@Nullable Refusal open(Session session) {
        LoopRealm realm = realms.join(uri, loop);
        if (realm == null && full) {
            String words = "there are " + kind.most() + " realms like " + uri + ", and may not be more";
            return new Realms.Refusal(WampError.LIMIT_EXCEEDED, words, CloseReason.REALM_LIMIT);
        }
        if (realm == null) {
            String words = "it cannot be decided now whether there may be one more realm: try again";
            return new Realms.Refusal(WampError.UNAVAILABLE, words, CloseReason.REALM_UNDECIDED);
        }
        Realms.Refusal refusal = realm.open(session);
        if (refusal != null) {
            realms.joined(uri);
            return refusal;
        }
        joined = realm;
        return null;
    }

    @Override
    public MessageRouter enter(Session session) {
        MessageRouter entered = realm().enter(session);
        realms.joined(uri);
        return entered;
    }

    private LoopRealm realm() {
        if (joined == null) {
            throw new IllegalStateException("nobody was let in");
        }
        return joined;
    }

    @Override
    public boolean tellsOfSessions() {
        return realm().tellsOfSessions();
    }

    @Override
    public boolean keepsHistory() {
        return realm().keepsHistory();
    }

    @Override
    public DisclosurePolicy disclosure() {
        return realm().disclosure();
    }

    @Override
    public boolean strictRequestIds() {
        return realm().strictRequestIds();
    }
}
