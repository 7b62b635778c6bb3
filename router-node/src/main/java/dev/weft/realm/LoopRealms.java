package dev.weft.realm;

import dev.weft.lane.Lane;
import dev.weft.lane.LaneReceiver;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedCall;
import dev.weft.link.RoutedCancel;
import dev.weft.link.RoutedError;
import dev.weft.link.RoutedEvent;
import dev.weft.link.RoutedKill;
import dev.weft.link.RoutedMembers;
import dev.weft.link.RoutedMembersAsked;
import dev.weft.link.RoutedMessage;
import dev.weft.link.RoutedRefusal;
import dev.weft.link.RoutedResult;
import dev.weft.link.RoutedRevocation;
import dev.weft.session.Realms;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All realms on one event loop, and what becomes of the messages that come over its lane. Belongs to its event loop. */
public final class LoopRealms implements Realms, LaneReceiver {
    private final Map<String, LoopRealm> realms = new HashMap<>();

    /** Called before the event loop has work. */
    public void add(LoopRealm realm) {
        realms.put(realm.uri(), realm);
    }

    /** Has other rules hold in a realm that is here. */
    public void ruledBy(String uri, RealmRules rules, LocalLane lane) {
        LoopRealm realm = realms.get(uri);
        if (realm != null) {
            realm.ruledBy(rules, lane);
        }
    }

    @Override
    public @Nullable LoopRealm find(String uri) {
        return realms.get(uri);
    }

    @Override
    public void receive(RoutedMessage message, Lane from) {
        LoopRealm realm = realms.get(message.realm());
        if (realm == null) {
            refuse(message, from);
            return;
        }
        if (message instanceof RoutedEvent event) {
            realm.broker().deliver(event, from);
        } else if (message instanceof RoutedCall call) {
            realm.invocations().invoke(call, from);
        } else if (message instanceof RoutedResult result) {
            realm.dealer().result(result);
        } else if (message instanceof RoutedError error) {
            realm.dealer().error(error);
        } else if (message instanceof RoutedRefusal refusal) {
            realm.dealer().refused(refusal);
        } else if (message instanceof RoutedCancel cancel) {
            realm.invocations().cancel(cancel, from);
        } else {
            meta(realm, message, from);
        }
    }

    private static void meta(LoopRealm realm, RoutedMessage message, Lane from) {
        if (message instanceof RoutedKill kill) {
            realm.kill(kill);
        } else if (message instanceof RoutedMembersAsked asked) {
            realm.asked(asked, from);
        } else if (message instanceof RoutedMembers members) {
            realm.meta().told(members, from);
        } else if (message instanceof RoutedRevocation revocation) {
            realm.revoke(revocation);
        }
    }

    /** A call for a realm that this node is not configured with reaches nobody here. */
    private static void refuse(RoutedMessage message, Lane from) {
        if (message instanceof RoutedCall call) {
            from.send(new RoutedRefusal(call.realm(), call.call(), false, call.payload()), from);
        }
    }

    @Override
    public void laneDown(Lane lane) {
        for (LoopRealm realm : realms.values()) {
            realm.dealer().laneDown(lane);
            realm.invocations().laneDown(lane);
            realm.meta().laneDown(lane);
        }
    }
}
