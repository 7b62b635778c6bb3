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
import dev.weft.link.RoutedPoll;
import dev.weft.link.RoutedPollAnswer;
import dev.weft.link.RoutedRefusal;
import dev.weft.link.RoutedResult;
import dev.weft.link.RoutedRevocation;
import dev.weft.session.Realms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All realms on one event loop, and what becomes of the messages that come over its lane. Belongs to its event loop. */
public final class LoopRealms implements Realms, LaneReceiver {
    private static final int NOT_FOUND = 404;

    private final Map<String, LoopRealm> configured = new HashMap<>();
    /** Those on demand, too. */
    private final Map<String, LoopRealm> realms = new HashMap<>();

    private @Nullable LaneReceiver polls;

    private @Nullable OnDemandRealms onDemand;
    private int index;

    /** Called before the event loop has work. */
    public void add(LoopRealm realm) {
        configured.put(realm.uri(), realm);
        realms.put(realm.uri(), realm);
    }

    /**
     * Called before the event loop has work.
     *
     * @param loop which of the event loops this is
     */
    public void makeOnDemand(OnDemandRealms others, int loop) {
        onDemand = others;
        index = loop;
    }

    void adopt(LoopRealm realm) {
        realms.put(realm.uri(), realm);
    }

    void drop(LoopRealm realm) {
        realms.remove(realm.uri(), realm);
    }

    /** A realm that is here now. */
    @Nullable
    LoopRealm present(String uri) {
        return realms.get(uri);
    }

    /**
     * Has other rules hold in the realms that are here.
     *
     * @param rules of a realm; null if they stay
     */
    public void ruledBy(Function<String, @Nullable RealmRules> rules, LocalLane lane) {
        for (LoopRealm realm : List.copyOf(realms.values())) {
            RealmRules changed = rules.apply(realm.uri());
            if (changed != null) {
                realm.ruledBy(changed, lane);
            }
        }
    }

    /** Who takes what concerns long-poll transports, which belong to no realm. On the event loop. */
    public void polls(LaneReceiver receiver) {
        polls = receiver;
    }

    @Override
    public Realms.@Nullable Entrance find(String uri) {
        LoopRealm realm = configured.get(uri);
        return realm != null || onDemand == null ? realm : onDemand.entrance(uri, index);
    }

    @Override
    public void receive(RoutedMessage message, Lane from) {
        if (message instanceof RoutedPoll || message instanceof RoutedPollAnswer) {
            if (polls != null) {
                polls.receive(message, from);
            } else {
                refuse(message, from);
            }
            return;
        }
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

    /** A call for a realm that this node is not configured with reaches nobody here, nor does a request before there are listeners. */
    private static void refuse(RoutedMessage message, Lane from) {
        if (message instanceof RoutedCall call) {
            from.send(new RoutedRefusal(call.realm(), call.call(), false, call.payload()), from);
        } else if (message instanceof RoutedPoll poll) {
            from.send(RoutedPollAnswer.wrong(poll.request(), NOT_FOUND, "this node has just started"), from);
        }
    }

    @Override
    public void laneDown(Lane lane) {
        for (LoopRealm realm : realms.values()) {
            realm.dealer().laneDown(lane);
            realm.invocations().laneDown(lane);
            realm.meta().laneDown(lane);
        }
        if (polls != null) {
            polls.laneDown(lane);
        }
    }
}
