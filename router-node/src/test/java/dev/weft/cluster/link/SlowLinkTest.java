package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.LinkPing;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A peer that does not read stalls those who send to it, takes no more memory than it may, and nobody else notices. */
class SlowLinkTest {
    private static final int MIB = 1024 * 1024;
    private static final int EVENT_BYTES = 1000;
    private static final int FAST_EVENTS = 50_000;
    private static final LinkLimits LIMITS = new LinkLimits(8L * MIB, MIB, 32 * MIB);

    /** With more that waits, whoever feeds the link has to. */
    private static final long SOFT_MARK = LIMITS.queuedBytes() / 4;

    /** The soft mark, the window, and what is just being written and was not counted yet. */
    private static final long MOST_BYTES = SOFT_MARK + LIMITS.replayBytes() + MIB;

    /** Up to the soft mark, and the one that goes over it. */
    private static final long MOST_WAITING = SOFT_MARK / FrameCost.of(LinkFailureTest.event(EVENT_BYTES)) + 1;

    @Test
    void aPeerThatDoesNotReadStallsNobodyButThoseWhoSendToIt() throws Exception {
        try (TestNode b = new TestNode(TestNode.options("b", TestNode.TIMES, LIMITS));
                TestNode c = TestNode.named("c");
                RawPeer deaf = new RawPeer(b.port).linked("a")) {
            b.awaitUps(1);
            PeerLink slow = b.link();
            b.wants(c);
            b.awaitUps(2);
            PeerLink fast = b.link();
            AtomicInteger received = new AtomicInteger();
            c.onRouted = (link, message) -> received.incrementAndGet();
            AtomicBoolean stop = new AtomicBoolean();
            AtomicLong most = new AtomicLong();
            AtomicInteger sentSlow = new AtomicInteger();
            Thread keepsAlive = new Thread(() -> ping(deaf, stop));
            Thread feedsSlow = new Thread(() -> {
                while (!stop.get()) {
                    feed(slow, 1, sentSlow, stop);
                    LinkStatus status = slow.status();
                    most.accumulateAndGet(status.queuedBytes() + status.replayBytes(), Math::max);
                }
            });
            keepsAlive.start();
            feedsSlow.start();
            long given = awaitFullWindow(slow);
            AtomicInteger sentFast = new AtomicInteger();
            feed(fast, FAST_EVENTS, sentFast, stop);
            Awaitility.await().atMost(TestNode.SOON).until(() -> received.get() == FAST_EVENTS);
            assertThat(slow.isCongested()).isTrue();
            assertThat(slow.status().framesSent()).isEqualTo(given);
            assertThat(sentSlow.get() - given).isLessThanOrEqualTo(MOST_WAITING);
            stop.set(true);
            feedsSlow.join();
            keepsAlive.join();
            assertThat(slow.isUp()).isTrue();
            assertThat(most.get()).isLessThan(MOST_BYTES);
            assertThat(b.downs).isEmpty();
            assertThat(b.links.counters().discarded()).isZero();
        }
    }

    /**
     * Congested alone is also a link whose loop has not had its turn. When the window is full, nothing goes to a peer that
     * acknowledges nothing.
     *
     * @return how many events went before, counted when the turn is over in which the last of them did
     */
    private static long awaitFullWindow(PeerLink link) {
        Awaitility.await()
                .atMost(TestNode.SOON)
                .until(() -> link.isCongested() && link.status().replayBytes() >= LIMITS.replayBytes());
        CompletableFuture<Long> sent = new CompletableFuture<>();
        link.run(() -> sent.complete(link.status().framesSent()));
        return sent.orTimeout(TestNode.SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** As a session does, whose connection is not read while the lane that it feeds is congested. */
    private static void feed(PeerLink link, int events, AtomicInteger sent, AtomicBoolean stop) {
        for (int i = 0; i < events; i++) {
            while (link.isCongested() && !stop.get()) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
            }
            link.send(LinkFailureTest.event(EVENT_BYTES), PeerLinkTest.NOWHERE);
            sent.incrementAndGet();
        }
    }

    private static void ping(RawPeer peer, AtomicBoolean stop) {
        while (!stop.get()) {
            try {
                peer.send(new LinkPing(1));
            } catch (IOException gone) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }
}
