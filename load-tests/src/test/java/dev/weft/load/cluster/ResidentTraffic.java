package dev.weft.load.cluster;

import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Result;
import dev.weft.wamp.WampMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients of two nodes that nothing happens to: they call a procedure and publish to each other for as long as it lasts,
 * and whatever fails or is missing is kept.
 */
final class ResidentTraffic {
    private static final long LAST = -1;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Sequences sequences = new Sequences();
    private final List<String> failures = new ArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean over;

    /** Begins; each port is that of another node. */
    static ResidentTraffic between(int onePort, int otherPort, String procedure, ExecutorService threads)
            throws IOException {
        ResidentTraffic traffic = new ResidentTraffic();
        traffic.publish(onePort, otherPort, threads);
        traffic.publish(otherPort, onePort, threads);
        for (int port : new int[] {onePort, onePort, otherPort, otherPort}) {
            traffic.running.add(threads.submit(() -> traffic.call(port, procedure)));
        }
        return traffic;
    }

    /** How many calls were answered so far. */
    long calls() {
        return calls.get();
    }

    long events() {
        return events.get();
    }

    /** Ends it; what went wrong, or nothing. */
    List<String> end() throws Exception {
        over = true;
        for (Future<?> each : running) {
            each.get(60, TimeUnit.SECONDS);
        }
        List<String> wrong = new ArrayList<>(failures);
        wrong.addAll(sequences.violations());
        return wrong;
    }

    private void publish(int publisherPort, int subscriberPort, ExecutorService threads) throws IOException {
        String topic = "roll.from." + publisherPort;
        BlockingClient subscriber = BlockingClient.join(subscriberPort);
        subscriber.subscribe(topic, MatchPolicy.EXACT);
        running.add(threads.submit(() -> {
            try (subscriber) {
                read(subscriber, topic);
            }
            return null;
        }));
        running.add(threads.submit(() -> {
            try (BlockingClient publisher = BlockingClient.join(publisherPort)) {
                for (long number = 0; !over; number++) {
                    publisher.publish(topic, number);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                publisher.publish(topic, LAST);
                // Before the publisher leaves, the router has to have read that.
                publisher.subscribe(topic + ".end", MatchPolicy.EXACT);
            }
            return null;
        }));
    }

    private void read(BlockingClient subscriber, String topic) throws IOException {
        while (true) {
            Event event = (Event) subscriber.next(MessageType.EVENT);
            long number = subscriber.number(event.payload());
            if (number == LAST) {
                return;
            }
            events.incrementAndGet();
            synchronized (sequences) {
                sequences.arrived(topic, number);
            }
        }
    }

    private Void call(int port, String procedure) throws IOException {
        try (BlockingClient caller = BlockingClient.join(port)) {
            for (long number = 0; !over; number++) {
                caller.call(procedure, number);
                WampMessage answer = caller.next();
                if (answer instanceof ErrorMessage error) {
                    synchronized (failures) {
                        failures.add("call " + number + " at port " + port + ": " + error.error() + ", "
                                + error.details().message());
                    }
                } else if (caller.number(((Result) answer).payload()) != number) {
                    throw new IOException("the answer to another call");
                }
                calls.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return null;
    }
}
