package dev.weft.load;

import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.WampMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One publisher and many subscribers of one topic. A publication is in flight until its last subscriber has it. Events
 * come in the order published, so a subscriber's n-th event is the n-th publication.
 */
final class FanoutScenario implements Scenario {
    private final RunOptions options;
    private final int subscriberCount;
    private final int window;
    private final String topic;
    private final List<WampClient> subscribers = new ArrayList<>();
    private final SentTimes sentTimes = new SentTimes();
    private final long[] missing;
    private @Nullable WampClient publisher;
    private Payload argument = Payload.EMPTY;
    private long published;
    private long inFlight;
    private boolean stopped;

    FanoutScenario(RunOptions options, int subscribers, int window) {
        this.options = options;
        this.subscriberCount = subscribers;
        this.window = window;
        this.topic = "dev.weft.load.topic";
        this.missing = new long[window];
    }

    @Override
    public String operation() {
        return "delivered event";
    }

    @Override
    public void prepare(Clients clients) throws Exception {
        argument = clients.serializer().payload(List.of("x".repeat(options.payloadBytes)), null);
        for (int i = 0; i < subscriberCount; i++) {
            WampClient subscriber = clients.connect(options.portOfTheOthers());
            subscriber.subscribe(topic).get(10, TimeUnit.SECONDS);
            subscribers.add(subscriber);
        }
        publisher = clients.connect(options.port);
    }

    @Override
    public void start(Recorder recorder) {
        for (WampClient subscriber : subscribers) {
            subscriber.onReceived(new EventCounter(recorder)::received);
        }
        for (int i = 0; i < window; i++) {
            publish();
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public long inFlight() {
        return inFlight;
    }

    private void publish() {
        WampClient client = publisher;
        if (client == null) {
            throw new IllegalStateException("not prepared");
        }
        published++;
        sentTimes.sent(published);
        missing[slot(published)] = subscriberCount;
        inFlight++;
        client.send(new Publish(client.nextRequest(), PublishOptions.DEFAULT, topic, argument));
        client.flush();
    }

    /** A publication takes the slot of the one that left the window. */
    private int slot(long number) {
        return (int) (number % window);
    }

    private final class EventCounter {
        private final Recorder recorder;
        private long events;

        EventCounter(Recorder recorder) {
            this.recorder = recorder;
        }

        void received(WampMessage message) {
            if (message.type() != MessageType.EVENT) {
                return;
            }
            events++;
            recorder.ended(sentTimes.since(events));
            if (--missing[slot(events)] > 0) {
                return;
            }
            inFlight--;
            if (!stopped) {
                publish();
            }
        }
    }
}
