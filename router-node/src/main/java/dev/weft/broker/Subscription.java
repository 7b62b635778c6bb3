package dev.weft.broker;

import dev.weft.directory.TopicHistory;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.lane.ReceiverPressure;
import dev.weft.uri.Matches;
import dev.weft.wamp.MatchPolicy;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One subscription as the whole node sees it: which lanes have at least one subscriber. Read by all event loops; changed
 * by {@link SubscriptionTable} alone.
 */
public final class Subscription implements ReceiverPressure.Audience {
    private static final Lane[] NONE = {};

    private final MatchPolicy match;
    private final String topic;
    private final long created;
    private final @Nullable TopicHistory history;
    private volatile long id;
    private volatile Lane[] lanes = NONE;
    /** By lane, if they are not all one: then two sides of a split had proposed different ones. */
    private volatile @Nullable Map<Lane, Long> ids;
    /** Null for most, who are behind other nodes only. */
    private volatile @Nullable ReceiverPressure pressure;

    /** @param history in which its events are kept, so that it is there without subscribers, too; null for most */
    Subscription(MatchPolicy match, String topic, long created, @Nullable TopicHistory history) {
        this.match = match;
        this.topic = topic;
        this.created = created;
        this.history = history;
        this.id = history == null ? 0 : history.subscription();
    }

    @Override
    public long id() {
        return id;
    }

    public MatchPolicy match() {
        return match;
    }

    /** The topic, or the pattern. */
    public String topic() {
        return topic;
    }

    /** When this node first knew of it, in milliseconds since 1970. */
    public long created() {
        return created;
    }

    /** In which its events are kept; null if they are not. */
    public @Nullable TopicHistory history() {
        return history;
    }

    /** The congested one of {@code matched}, if most of the subscribers of all of them together are behind; else null. */
    static @Nullable ReceiverPressure congestedOf(Matches<Subscription> matched) {
        for (int i = 0; i < matched.size(); i++) {
            ReceiverPressure pressure = matched.get(i).pressure;
            if (pressure != null && pressure.isCongested()) {
                return matched.size() == 1 || mostAreBehind(matched) ? pressure : null;
            }
        }
        return null;
    }

    private static boolean mostAreBehind(Matches<Subscription> matched) {
        long receivers = 0;
        long behind = 0;
        for (int i = 0; i < matched.size(); i++) {
            ReceiverPressure pressure = matched.get(i).pressure;
            if (pressure != null) {
                receivers += pressure.receivers();
                behind += pressure.behind();
            }
        }
        return 2 * behind > receivers;
    }

    /** Who of its subscribers is behind; made when it is first asked for. */
    public synchronized ReceiverPressure pressure(String realm) {
        ReceiverPressure present = pressure;
        if (present == null) {
            present = new ReceiverPressure(realm, false, this);
            pressure = present;
        }
        return present;
    }

    /** All lanes behind which there are subscribers; not to be changed. */
    Lane[] lanes() {
        return lanes;
    }

    /** Those behind which there are subscribers. A copy. */
    @Override
    public Set<Lane> everyLane() {
        return Set.of(lanes);
    }

    /** Tells {@code visitor} of each event loop of this node with a subscriber. */
    public void forEachLocalLane(Consumer<LocalLane> visitor) {
        for (Lane lane : lanes) {
            if (lane instanceof LocalLane local) {
                visitor.accept(local);
            }
        }
    }

    /** Adds a lane, or changes the id that the subscription has behind it; the smallest of all is that of the subscription. */
    void add(Lane lane, long subscription) {
        Map<Lane, Long> apart = ids;
        if (apart == null && lanes.length > 0 && subscription != id) {
            apart = new IdentityHashMap<>();
            for (Lane present : lanes) {
                apart.put(present, id);
            }
            ids = apart;
        }
        lanes = LaneArrays.with(lanes, lane);
        if (apart == null) {
            id = subscription;
        } else {
            apart.put(lane, subscription);
            agree(apart);
        }
    }

    void remove(Lane lane) {
        lanes = LaneArrays.without(lanes, lane);
        if (pressure != null) {
            pressure.forget(lane);
        }
        Map<Lane, Long> apart = ids;
        if (apart != null && apart.remove(lane) != null) {
            agree(apart);
        }
        if (history != null && lanes.length == 0) {
            ids = null;
            id = history.subscription();
        }
    }

    private void agree(Map<Lane, Long> present) {
        if (present.isEmpty()) {
            return;
        }
        id = Collections.min(present.values());
        if (present.values().stream().allMatch(one -> one == id)) {
            ids = null;
        }
    }

    /** The id that the subscription has behind {@code lane}. */
    long idBehind(Lane lane) {
        Map<Lane, Long> present = ids;
        return present == null ? id : present.getOrDefault(lane, id);
    }

    /** Whether nobody needs it any more. */
    boolean isEmpty() {
        return lanes.length == 0 && history == null;
    }

    /** Whether another id must give way. */
    boolean isContested() {
        return ids != null;
    }
}
