package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All subscriptions of a round with their events, and the events that came by none. */
final class Subscriptions {
    private final Map<RequestKey, Entry.SubscribeSent> asked = new HashMap<>();
    private final Map<RequestKey, Key> leaving = new HashMap<>();
    private final Map<Key, Interval> held = new HashMap<>();
    private final List<Interval> intervals = new ArrayList<>();
    private final List<Entry.EventReceived> strays = new ArrayList<>();

    private Subscriptions() {}

    static Subscriptions of(Evidence evidence) {
        Subscriptions subscriptions = new Subscriptions();
        evidence.entries().forEach(entry -> subscriptions.add(evidence, entry));
        return subscriptions;
    }

    List<Interval> intervals() {
        return intervals;
    }

    /** Before SUBSCRIBED, or after UNSUBSCRIBED. */
    List<Entry.EventReceived> strays() {
        return strays;
    }

    private void add(Evidence evidence, Entry entry) {
        if (entry instanceof Entry.SubscribeSent sent) {
            asked.put(RequestKey.of(sent), sent);
        } else if (entry instanceof Entry.Subscribed granted) {
            begin(evidence, granted);
        } else if (entry instanceof Entry.UnsubscribeSent sent) {
            Key key = new Key(sent.session(), sent.subscription());
            leaving.put(RequestKey.of(sent), key);
            Interval interval = held.get(key);
            if (interval != null) {
                interval.giveUp(sent.at());
            }
        } else if (entry instanceof Entry.Unsubscribed left) {
            Key key = leaving.remove(RequestKey.of(left));
            if (key != null) {
                held.remove(key);
            }
        } else if (entry instanceof Entry.EventReceived event) {
            Interval interval = held.get(new Key(event.session(), event.subscription()));
            if (interval == null) {
                strays.add(event);
            } else {
                interval.add(event);
            }
        }
    }

    /** A session that subscribes to the same once more has the same subscription still. */
    private void begin(Evidence evidence, Entry.Subscribed granted) {
        Entry.SubscribeSent sent = asked.get(RequestKey.of(granted));
        Key key = new Key(granted.session(), granted.subscription());
        if (sent != null && !held.containsKey(key)) {
            Interval interval = new Interval(evidence.life(granted.session()), sent, granted);
            held.put(key, interval);
            intervals.add(interval);
        }
    }

    private record Key(int session, long subscription) {}
}
