package dev.weft.load.chaos.client;

import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** One at each node, by which {@link Probes} tries whether every node works with every other one. */
final class Prober extends Actor {
    private final Probes probes;

    /** The round of each request and what it has granted, until that round is over. */
    private final Map<Long, Long> rounds = new HashMap<>();

    private final Map<Long, Long> subscriptions = new HashMap<>();
    private final Map<Long, Long> registrations = new HashMap<>();

    Prober(Stage stage, int home, SplittableRandom random, Probes probes) {
        super(stage, home, random);
        this.probes = probes;
    }

    @Override
    boolean wanders() {
        return false;
    }

    @Override
    void joined(Session joined) {
        rounds.clear();
        subscriptions.clear();
        registrations.clear();
        joined.subscribeToGaps();
    }

    /** Two fresh names, told to {@link Probes#granted} as they are granted. */
    void prepare(long round) {
        Session session = session();
        if (session != null) {
            String name = Names.probe(home(), round);
            rounds.put(session.subscribe(MatchPolicy.EXACT, name), round);
            rounds.put(session.register(name, InvocationPolicy.SINGLE), round);
        }
    }

    /** Uses the names of another one; told to {@link Probes#arrived} as the event and the result arrive. */
    void use(int node, long round) {
        Session session = session();
        if (session != null) {
            String name = Names.probe(node, round);
            session.publish(name, false);
            rounds.put(session.call(name, Task.ECHO, 0), round);
        }
    }

    /** The round is over: what it was granted is given back. */
    void forget(long round) {
        rounds.values().removeIf(each -> each == round);
        Session session = session();
        Long subscription = subscriptions.remove(round);
        if (session != null && subscription != null) {
            session.unsubscribe(subscription);
        }
        Long registration = registrations.remove(round);
        if (session != null && registration != null) {
            session.unregister(registration);
        }
    }

    @Override
    public void subscribed(long request, long subscription) {
        Long round = rounds.remove(request);
        Session session = session();
        if (round != null) {
            subscriptions.put(round, subscription);
            probes.granted(round);
        } else if (session != null) {
            session.unsubscribe(subscription);
        }
    }

    @Override
    public void registered(long request, long registration) {
        Long round = rounds.remove(request);
        Session session = session();
        if (round != null) {
            registrations.put(round, registration);
            probes.granted(round);
        } else if (session != null) {
            session.unregister(registration);
        }
    }

    @Override
    public void refused(long request, MessageType type, String error) {
        rounds.remove(request);
    }

    @Override
    public void event(long subscription, int publisher, long number) {
        subscriptions.forEach((round, of) -> {
            if (of == subscription) {
                probes.arrived(round);
            }
        });
    }

    @Override
    public void invoked(long request, Task task, long number) {
        Session session = session();
        if (session != null) {
            session.yield(request, false, number);
        }
    }

    @Override
    public void callEnded(long request, String error) {
        Long round = rounds.remove(request);
        if (round != null && error.isEmpty()) {
            probes.arrived(round);
        }
    }
}
