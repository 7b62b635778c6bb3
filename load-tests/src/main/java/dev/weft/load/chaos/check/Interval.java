package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One subscription of a session, from SUBSCRIBED until it was given up or the session ended, and the events that came by it. */
final class Interval {
    private final Life life;
    private final Entry.SubscribeSent asked;
    private final Entry.Subscribed granted;
    private final Map<Integer, List<Entry.EventReceived>> events = new HashMap<>();
    private long givenUp = Life.NEVER;

    Interval(Life life, Entry.SubscribeSent asked, Entry.Subscribed granted) {
        this.life = life;
        this.asked = asked;
        this.granted = granted;
    }

    Life life() {
        return life;
    }

    long subscription() {
        return granted.subscription();
    }

    /** When SUBSCRIBED was received. */
    long from() {
        return granted.at();
    }

    /** When UNSUBSCRIBE was sent; {@link Life#NEVER} if it was not. */
    long givenUp() {
        return givenUp;
    }

    void giveUp(long at) {
        givenUp = at;
    }

    void add(Entry.EventReceived event) {
        events.computeIfAbsent(event.publisher(), publisher -> new ArrayList<>())
                .add(event);
    }

    /** In the order received. */
    List<Entry.EventReceived> eventsOf(int publisher) {
        return events.getOrDefault(publisher, List.of());
    }

    boolean matches(String topic) {
        return matches(asked.match(), asked.topic(), topic);
    }

    static boolean matches(MatchPolicy match, String pattern, String topic) {
        return switch (match) {
            case EXACT -> topic.equals(pattern);
            case PREFIX -> topic.startsWith(pattern);
            case WILDCARD -> matchesComponents(pattern.split("\\.", -1), topic.split("\\.", -1));
        };
    }

    private static boolean matchesComponents(String[] pattern, String[] topic) {
        if (pattern.length != topic.length) {
            return false;
        }
        for (int i = 0; i < pattern.length; i++) {
            if (!pattern[i].isEmpty() && !pattern[i].equals(topic[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "session " + life.session() + " at node-" + (life.node() + 1) + " by " + asked.match() + " "
                + asked.topic();
    }
}
