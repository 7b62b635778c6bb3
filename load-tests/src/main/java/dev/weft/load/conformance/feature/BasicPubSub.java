package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;
import static dev.weft.load.conformance.feature.Expect.that;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Basic profile: broker. */
final class BasicPubSub implements Feature {
    private static final int EVENTS = 200;

    /** What every router takes at once: how much it queues for a client that is slow is its own affair. */
    private static final int BURST = 20;

    @Override
    public String name() {
        return "publish & subscribe";
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("an event reaches who subscribed before, with its payload", BasicPubSub::delivered),
                new Check("the publisher does not get its own event", BasicPubSub::notToThePublisher),
                new Check("after UNSUBSCRIBED no event comes", BasicPubSub::unsubscribed),
                new Check("subscribers of one topic have one subscription", BasicPubSub::oneSubscription),
                new Check("UNSUBSCRIBE of what is not held is refused", BasicPubSub::unknownSubscription),
                new Check("an invalid URI is refused", BasicPubSub::invalidUri),
                new Check("events come in the order published, across topics", BasicPubSub::inOrder),
                new Check("an event of 100,000 characters comes whole", BasicPubSub::large));
    }

    private static void delivered(Stage stage) throws Unmet {
        Client subscriber = stage.asked();
        Client publisher = stage.asking();
        String topic = stage.uri("topic");
        long subscription = subscriber.subscribe(topic);
        List<Object> nested = List.of(1L, -1L, 1.5, true, "Grüße, 世界", List.of(), Map.of("a", List.of(2L)));
        Map<String, Object> options = Map.of("acknowledge", true);
        publisher.send(Code.PUBLISH, publisher.nextRequest(), options, topic, nested, Map.of("key", "value"));
        long publication = publisher.take(Code.PUBLISHED).number(2);
        Message event = subscriber.event(subscription);
        same(publication, event.number(2), "publication");
        same(nested, event.args(), "Arguments");
        same(Map.of("key", "value"), event.kwargs(), "ArgumentsKw");
    }

    private static void notToThePublisher(Stage stage) throws Unmet {
        Client publisher = stage.asking();
        Client other = stage.asked();
        String topic = stage.uri("topic");
        long subscription = publisher.subscribe(topic);
        publisher.publish(topic, Map.of(), "own");
        other.publish(topic, Map.of(), "another's");
        same("another's", only(publisher.event(subscription).args()), "event");
    }

    private static void unsubscribed(Stage stage) throws Unmet {
        Client subscriber = stage.asked();
        Client publisher = stage.asking();
        long left = subscriber.subscribe(stage.uri("left"));
        long kept = subscriber.subscribe(stage.uri("kept"));
        subscriber.unsubscribe(left);
        publisher.publish(stage.uri("left"), Map.of(), 1);
        publisher.publish(stage.uri("kept"), Map.of(), 2);
        subscriber.event(kept);
    }

    private static void oneSubscription(Stage stage) throws Unmet {
        long first = stage.asked().subscribe(stage.uri("topic"));
        long second = stage.asking().subscribe(stage.uri("topic"));
        same(first, second, "subscription");
    }

    private static void unknownSubscription(Stage stage) throws Unmet {
        Client client = stage.asking();
        client.send(Code.UNSUBSCRIBE, client.nextRequest(), 4711L);
        client.takeError(Code.UNSUBSCRIBE, "wamp.error.no_such_subscription");
    }

    private static void invalidUri(Stage stage) throws Unmet {
        Client client = stage.asking();
        client.send(Code.SUBSCRIBE, client.nextRequest(), Map.of(), "a topic..#");
        client.takeError(Code.SUBSCRIBE, "wamp.error.invalid_uri");
        client.send(Code.PUBLISH, client.nextRequest(), Map.of("acknowledge", true), "a topic..#");
        client.takeError(Code.PUBLISH, "wamp.error.invalid_uri");
    }

    private static void inOrder(Stage stage) throws Unmet {
        Client subscriber = stage.asked();
        Client publisher = stage.asking();
        subscriber.subscribe(stage.uri("a"));
        subscriber.subscribe(stage.uri("b"));
        for (int first = 0; first < EVENTS; first += BURST) {
            for (int i = first; i < first + BURST; i++) {
                String topic = stage.uri(i % 3 == 0 ? "a" : "b");
                publisher.send(Code.PUBLISH, publisher.nextRequest(), Map.of(), topic, List.of(i));
            }
            for (int i = first; i < first + BURST; i++) {
                same((long) i, only(subscriber.take(Code.EVENT).args()), "event");
            }
        }
    }

    private static void large(Stage stage) throws Unmet {
        Client subscriber = stage.asked();
        long subscription = subscriber.subscribe(stage.uri("topic"));
        String text = "weft ".repeat(20_000);
        stage.asking().publish(stage.uri("topic"), Map.of(), text);
        that(only(subscriber.event(subscription).args()).equals(text), "the same text", "another");
    }
}
