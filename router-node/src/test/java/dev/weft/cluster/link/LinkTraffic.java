package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.InterestAdded;
import dev.weft.link.RoutedCall;
import dev.weft.link.RoutedEvent;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Events, calls and table changes from one node to another, from several threads at once, and the account of what arrived:
 * each sender's numbers one by one, and each change acknowledged once, after it was in force.
 */
final class LinkTraffic {
    private static final int SENDERS = 3;
    private static final int EACH_CHANGE = 20;

    private final TestNode from;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Thread> senders = new ArrayList<>();
    private final long[] sent = new long[SENDERS];
    private final Map<Long, Long> arrived = new ConcurrentHashMap<>();
    private final Map<Long, Long> inForce = new ConcurrentHashMap<>();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();

    LinkTraffic(TestNode from, TestNode to) {
        this.from = from;
        to.onRouted = (link, message) -> routed(message);
        to.onChanged = (link, change) -> changed(change);
        for (int s = 0; s < SENDERS; s++) {
            int sender = s;
            senders.add(new Thread(() -> send(sender)));
        }
    }

    LinkTraffic start() {
        senders.forEach(Thread::start);
        return this;
    }

    private void send(int sender) {
        PeerLink link = from.link();
        long changes = 0;
        while (!stop.get()) {
            while (link.isCongested() && !stop.get()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            for (int i = 0; i < EACH_CHANGE; i++) {
                link.send(message(sender, ++sent[sender]), PeerLinkTest.NOWHERE);
            }
            long number = ++changes;
            told.incrementAndGet();
            AtomicBoolean once = new AtomicBoolean();
            link.tell(PeerLinkTest.interest("t" + sender, number), () -> acknowledged(sender, number, once));
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
    }

    private static RoutedMessage message(int sender, long number) {
        if (number % 2 == 0) {
            return PeerLinkTest.event(sender, (int) number);
        }
        Payload payload = Payload.of(SerializerId.MSGPACK, 1, new byte[(int) (number % 300) + 1]);
        return new RoutedCall("realm", 0, number, sender, 1, false, InvocationDetails.DEFAULT, payload);
    }

    private void routed(RoutedMessage message) {
        if (message instanceof RoutedEvent event) {
            arrived(event.excluded(), event.publication());
        } else if (message instanceof RoutedCall call) {
            arrived(call.callee(), call.call());
        }
    }

    private void arrived(long sender, long number) {
        if (arrived.getOrDefault(sender, 0L) + 1 != number) {
            wrong.incrementAndGet();
        }
        arrived.put(sender, number);
    }

    private void changed(TableChange change) {
        InterestAdded added = (InterestAdded) change;
        long sender = Character.digit(added.topic().charAt(1), 10);
        if (inForce.getOrDefault(sender, 0L) + 1 != added.subscription()) {
            wrong.incrementAndGet();
        }
        inForce.put(sender, added.subscription());
    }

    private void acknowledged(long sender, long number, AtomicBoolean once) {
        if (!once.compareAndSet(false, true) || inForce.getOrDefault(sender, 0L) < number) {
            wrong.incrementAndGet();
        }
        acknowledged.incrementAndGet();
    }

    /** Sends no more. */
    void stop() throws InterruptedException {
        stop.set(true);
        for (Thread sender : senders) {
            sender.join();
        }
    }

    long arrived() {
        return arrived.values().stream().mapToLong(Long::longValue).sum();
    }

    /** All that was sent arrived, once and in order, and everybody who waited was told once. */
    void assertComplete(String seed) {
        Awaitility.await(seed).atMost(TestNode.SOON.multipliedBy(2)).untilAsserted(() -> {
            for (int sender = 0; sender < SENDERS; sender++) {
                assertThat(arrived.getOrDefault((long) sender, 0L))
                        .as("%s, arrived of sender %d", seed, sender)
                        .isEqualTo(sent[sender]);
            }
            assertThat(acknowledged).as(seed).hasValue(told.get());
        });
        assertThat(wrong).as("%s, lost, doubled or out of order", seed).hasValue(0);
    }
}
