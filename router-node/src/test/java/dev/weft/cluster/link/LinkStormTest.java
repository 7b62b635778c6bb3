package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.InterestAdded;
import dev.weft.link.RoutedEvent;
import dev.weft.link.TableChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Links that are cut at random while everybody sends. */
class LinkStormTest {
    private static final int CUTS = 30;
    private static final int SENDERS = 3;

    /** What arrived over one link from one sender: numbers that only grow, one by one until the link is down. */
    private static final class Stream {
        private long last = -1;
        private boolean broken;

        private void arrived(long number) {
            broken |= last >= 0 && number != last + 1;
            last = number;
        }
    }

    @Test
    void nothingIsDoubledReorderedOrLeftOutWhileALinkIsUpAndEveryWaiterIsToldOnce() throws Exception {
        long seed = new SplittableRandom().nextLong();
        Random random = new Random(seed);
        try (TestNode a = TestNode.named("a", TestNode.NO_GRACE);
                TestNode b = TestNode.named("b", TestNode.NO_GRACE)) {
            Map<PeerLink, Map<Long, Stream>> streams = new ConcurrentHashMap<>();
            b.onRouted = (link, message) -> {
                RoutedEvent event = (RoutedEvent) message;
                streams.computeIfAbsent(link, l -> new ConcurrentHashMap<>())
                        .computeIfAbsent(event.excluded(), s -> new Stream())
                        .arrived(event.publication());
            };
            TestNode.link(a, b);
            AtomicBoolean stop = new AtomicBoolean();
            List<AtomicInteger> acknowledgements = Collections.synchronizedList(new ArrayList<>());
            List<Thread> senders = new ArrayList<>();
            for (int s = 1; s <= SENDERS; s++) {
                long sender = s;
                senders.add(new Thread(() -> sendUntil(stop, a, sender, acknowledgements)));
            }
            senders.forEach(Thread::start);
            for (int cut = 1; cut <= CUTS; cut++) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(5000)));
                TestNode victim = random.nextBoolean() ? a : b;
                PeerLinkTest.cut(victim.link());
                a.awaitDowns(cut);
                b.awaitDowns(cut);
                a.awaitUps(cut + 1);
                b.awaitUps(cut + 1);
            }
            stop.set(true);
            for (Thread sender : senders) {
                sender.join();
            }
            Awaitility.await("seed " + seed)
                    .atMost(TestNode.SOON)
                    .until(() -> acknowledgements.stream().allMatch(count -> count.get() == 1));
            assertThat(acknowledgements).as("seed %d", seed).isNotEmpty();
            assertThat(streams.values().stream().flatMap(s -> s.values().stream()))
                    .as("seed %d", seed)
                    .isNotEmpty()
                    .noneMatch(stream -> stream.broken);
            assertThat(a.downs).hasSize(CUTS);
            assertThat(b.downs).hasSize(CUTS);
            assertThat(a.links.counters().failures()).isZero();
            assertThat(b.links.counters().failures()).isZero();
        }
    }

    private static void sendUntil(
            AtomicBoolean stop, TestNode node, long sender, List<AtomicInteger> acknowledgements) {
        long number = 0;
        while (!stop.get()) {
            PeerLink link = node.link();
            for (int i = 0; i < 50; i++) {
                link.send(PeerLinkTest.event(sender, (int) number++), PeerLinkTest.NOWHERE);
            }
            AtomicInteger acknowledged = new AtomicInteger();
            acknowledgements.add(acknowledged);
            link.tell(PeerLinkTest.interest("t" + sender), acknowledged::incrementAndGet);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
        }
    }

    @Test
    void anAcknowledgedChangeIsAlwaysInForce() throws Exception {
        try (TestNode a = TestNode.named("a");
                TestNode b = TestNode.named("b")) {
            AtomicLong inForce = new AtomicLong();
            b.onChanged = (link, change) -> inForce.set(subscription(change));
            TestNode.link(a, b);
            AtomicBoolean early = new AtomicBoolean();
            CountDownLatch acknowledged = new CountDownLatch(10_000);
            for (int i = 1; i <= 10_000; i++) {
                int number = i;
                a.link().tell(PeerLinkTest.interest("t", number), () -> {
                    if (inForce.get() < number) {
                        early.set(true);
                    }
                    acknowledged.countDown();
                });
            }
            assertThat(acknowledged.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(early).isFalse();
        }
    }

    private static long subscription(TableChange change) {
        return ((InterestAdded) change).subscription();
    }

    @Test
    void fiveNodesHaveTenLinks() throws Exception {
        List<TestNode> nodes = new ArrayList<>();
        try {
            for (String name : List.of("a", "b", "c", "d", "e")) {
                nodes.add(TestNode.named(name));
            }
            TestNode[] all = nodes.toArray(TestNode[]::new);
            nodes.forEach(node -> node.wants(all));
            nodes.forEach(node -> node.awaitUps(4));
            for (TestNode node : nodes) {
                assertThat(node.states()).hasSize(4).containsOnly(LinkState.UP);
                assertThat(node.links.counters().ups()).isEqualTo(4);
                assertThat(node.downs).isEmpty();
            }
        } finally {
            for (TestNode node : nodes) {
                node.close();
            }
        }
    }
}
