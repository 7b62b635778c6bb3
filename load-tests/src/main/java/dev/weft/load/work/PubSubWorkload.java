package dev.weft.load.work;

import dev.weft.load.client.Peer;
import dev.weft.load.client.PeerListener;
import dev.weft.load.client.Stamp;
import dev.weft.load.measure.Faults;
import dev.weft.load.measure.Receipts;
import dev.weft.load.measure.Recorder;
import dev.weft.load.scenario.Load.PubSub;
import dev.weft.load.scenario.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Publishers and subscribers. What one publisher publishes to one topic is a stream; publisher p and topic t have the number
 * p * topics + t. In a closed loop a publication is in flight until its last subscriber has it.
 */
final class PubSubWorkload implements Workload {
    private static final long MOST_IN_FLIGHT = 5_000_000;

    private final PubSub load;
    private final Site site;
    private final Recorder recorder;
    private final Topics topics;
    private final String[] topicNames;
    private final int[] receivers;
    private final Senders<Publisher> publishers;
    private final List<Receipts> receipts = new ArrayList<>();
    private long due;
    private long received;

    PubSubWorkload(PubSub load, Site site, Recorder recorder) {
        this.load = load;
        this.site = site;
        this.recorder = recorder;
        this.publishers = new Senders<>(load.messages(), site, recorder);
        this.topics = new Topics(load, site.prefix());
        this.receivers = topics.receivers();
        this.topicNames =
                IntStream.range(0, load.topics()).mapToObj(topics::topic).toArray(String[]::new);
    }

    @Override
    public String operation() {
        return "delivered event";
    }

    @Override
    public CompletableFuture<?> prepare() {
        return Crowd.gather(load.subscribers(), this::openSubscriber)
                .thenCompose(all -> publishers.open(load.publishers(), Publisher::new));
    }

    private CompletableFuture<Void> openSubscriber(int subscriber) {
        return site.connectOther(subscriber, load.messages().otherSerializers()).thenCompose(peer -> {
            Receipts own = new Receipts();
            receipts.add(own);
            peer.listen(new PeerListener() {
                @Override
                public void received(long subscription, Stamp stamp) {
                    if (own.receive(subscription, stamp.stream(), stamp.sequence())) {
                        arrived(stamp);
                    }
                }
            });
            return CompletableFuture.allOf(IntStream.range(0, load.subscriptions())
                    .mapToObj(number -> peer.subscribe(topics.subscription(subscriber, number), load.match()))
                    .toArray(CompletableFuture<?>[]::new));
        });
    }

    private void arrived(Stamp stamp) {
        received++;
        recorder.ended(stamp.time());
        if (publishers.goOn()) {
            publishers.get(stamp.stream() / load.topics()).arrived(stamp.stream() % load.topics(), stamp.sequence());
        }
    }

    @Override
    public void start() {
        publishers.start(() -> inFlight() < MOST_IN_FLIGHT);
    }

    @Override
    public void stop() {
        publishers.stop();
    }

    /** Events, not publications. */
    @Override
    public long inFlight() {
        return due - received;
    }

    @Override
    public Recorder recorder() {
        return recorder;
    }

    @Override
    public Faults faults() {
        return Faults.of(receipts, due);
    }

    private final class Publisher implements Senders.Sender {
        private final int firstStream;
        private final Peer peer;
        private final Stamp stamp = new Stamp();

        /** How many subscriptions have not received each publication of the window; empty in an open loop. */
        private final int[] missing;

        private long published;

        Publisher(int number, Peer peer) {
            this.firstStream = number * load.topics();
            this.peer = peer;
            this.missing = new int[load.messages().pace() instanceof Pace.Closed closed ? closed.inFlight() : 0];
        }

        @Override
        public void send(long intended) {
            int topic = (int) (published % load.topics());
            stamp.set(firstStream + topic, published / load.topics() + 1, intended);
            int size = load.messages().payload(published);
            published++;
            due += receivers[topic];
            peer.publish(topicNames[topic], size, stamp);
        }

        /** The window moves on when its oldest publication has arrived everywhere. */
        @Override
        public void fillWindow() {
            while (missing[slot(published)] == 0) {
                missing[slot(published)] = receivers[(int) (published % load.topics())];
                send(System.nanoTime());
            }
        }

        @Override
        public Peer peer() {
            return peer;
        }

        void arrived(int topic, long sequence) {
            int slot = slot((sequence - 1) * load.topics() + topic);
            if (--missing[slot] == 0) {
                fillWindow();
                peer.flushSoon();
            }
        }

        private int slot(long publication) {
            return (int) (publication % missing.length);
        }
    }
}
