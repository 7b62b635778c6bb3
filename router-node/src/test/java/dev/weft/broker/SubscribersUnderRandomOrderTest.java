package dev.weft.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.session.SessionLimits;
import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedCluster;
import dev.weft.wamp.Event;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Subscribers come and go while others publish, on two nodes of two event loops, and what runs next is drawn from a seed:
 * an event comes only between SUBSCRIBED and UNSUBSCRIBED, once, in order, and none of those published after SUBSCRIBED
 * is missing.
 */
class SubscribersUnderRandomOrderTest {
    private static final int SEEDS = 2000;
    private static final int STEPS = 150;
    private static final String TOPIC = "a.b";

    private static final class Publisher {
        private final RecordingConnection connection;
        private long published;

        private Publisher(RecordingConnection connection) {
            this.connection = connection;
        }
    }

    private static final class Subscriber {
        private final RecordingConnection connection;
        private final List<List<Long>> events = List.of(new ArrayList<>(), new ArrayList<>());
        private final long[] publishedBefore = new long[2];
        private long request;
        private long subscription;
        private boolean waits;

        private Subscriber(RecordingConnection connection) {
            this.connection = connection;
        }
    }

    private static final class Run {
        private final String about;
        private final Random random;
        private final SimulatedCluster cluster;
        private final List<Publisher> publishers = new ArrayList<>();
        private final List<Subscriber> subscribers = new ArrayList<>();

        private Run(long seed) {
            about = "seed " + seed;
            random = new Random(seed * 0x9E3779B97F4A7C15L);
            cluster = new SimulatedCluster(random, 2, SessionLimits.DEFAULT);
            for (int node = 0; node < 2; node++) {
                publishers.add(new Publisher(cluster.join(node, random.nextInt(2), SerializerId.JSON)));
            }
            for (int i = 0; i < 4; i++) {
                subscribers.add(joins());
            }
            for (int step = 0; step < STEPS; step++) {
                act();
                collect();
            }
            cluster.settle();
            collect();
            subscribers.forEach(this::finished);
        }

        private Subscriber joins() {
            return new Subscriber(cluster.join(random.nextInt(2), random.nextInt(2), SerializerId.CBOR));
        }

        private void act() {
            switch (random.nextInt(8)) {
                case 0, 1 -> publish(publishers.get(random.nextInt(2)));
                case 2 -> changesItsMind(subscribers.get(random.nextInt(subscribers.size())));
                case 3 -> {
                    if (random.nextInt(4) == 0) {
                        Subscriber leaving = subscribers.remove(random.nextInt(subscribers.size()));
                        cluster.on(leaving.connection, leaving.connection::lost);
                        subscribers.add(joins());
                    }
                }
                default -> cluster.step();
            }
        }

        private void publish(Publisher publisher) {
            publisher.published++;
            List<Object> args = List.of((long) publishers.indexOf(publisher), publisher.published);
            Publish publish = new Publish(
                    publisher.published,
                    PublishOptions.DEFAULT,
                    TOPIC,
                    publisher.connection.serializer().payload(args, null));
            cluster.on(publisher.connection, () -> publisher.connection.says(publish));
        }

        private void changesItsMind(Subscriber subscriber) {
            if (subscriber.waits) {
                return;
            }
            subscriber.waits = true;
            subscriber.request++;
            boolean pattern = random.nextBoolean();
            WampMessage message = subscriber.subscription != 0
                    ? new Unsubscribe(subscriber.request, subscriber.subscription)
                    : new Subscribe(
                            subscriber.request,
                            new SubscribeOptions(pattern ? MatchPolicy.PREFIX : MatchPolicy.EXACT, false),
                            pattern ? "a" : TOPIC);
            cluster.on(subscriber.connection, () -> subscriber.connection.says(message));
        }

        private void collect() {
            for (Subscriber subscriber : subscribers) {
                List<WampMessage> received = subscriber.connection.received();
                received.forEach(message -> got(subscriber, message));
                received.clear();
            }
        }

        private void got(Subscriber subscriber, WampMessage message) {
            if (message instanceof Subscribed subscribed) {
                subscriber.subscription = subscribed.subscription();
                subscriber.waits = false;
                for (int i = 0; i < 2; i++) {
                    subscriber.events.get(i).clear();
                    subscriber.publishedBefore[i] = publishers.get(i).published;
                }
            } else if (message instanceof Unsubscribed) {
                subscriber.subscription = 0;
                subscriber.waits = false;
            } else {
                event(subscriber, (Event) message);
            }
        }

        private void event(Subscriber subscriber, Event event) {
            assertThat(event.subscription()).as(about).isEqualTo(subscriber.subscription);
            List<Object> args = subscriber.connection.serializer().args(event.payload());
            int publisher = ((Number) args.get(0)).intValue();
            List<Long> events = subscriber.events.get(publisher);
            long number = ((Number) args.get(1)).longValue();
            if (!events.isEmpty()) {
                assertThat(number).as(about).isGreaterThan(events.get(events.size() - 1));
            }
            // Some of what was published earlier may still come, under an interest that was there before.
            if (number > subscriber.publishedBefore[publisher] + 1) {
                assertThat(events).as(about).endsWith(number - 1);
            }
            events.add(number);
        }

        private void finished(Subscriber subscriber) {
            assertThat(subscriber.waits).as(about).isFalse();
            for (int i = 0; i < 2 && subscriber.subscription != 0; i++) {
                List<Long> events = subscriber.events.get(i);
                long last = publishers.get(i).published;
                if (subscriber.publishedBefore[i] < last) {
                    assertThat(events).as(about).endsWith(last);
                }
            }
        }
    }

    @Test
    void eventsComeBetweenSubscribedAndUnsubscribedInOrderOnceAndWithoutAGap() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            new Run(seed);
        }
    }
}
