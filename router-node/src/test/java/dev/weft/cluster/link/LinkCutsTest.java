package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.TcpProxy;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Connections cut thousands of times at full traffic in both directions: the link goes on, and nobody notices. */
class LinkCutsTest {
    private static final int CUTS = 2000;
    private static final int RESUMES = CUTS / 10;
    private static final int[] MOST_BYTES = {300, 3_000, 60_000, 1_000_000};
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(25);

    private static final LinkTimes TIMES = new LinkTimes(
            Duration.ofMillis(100),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofMillis(1),
            Duration.ofMillis(4),
            Duration.ofMinutes(1),
            Duration.ofHours(1));

    @Test
    void cutsAtRandomBytesLoseNothingAndDoubleNothing() throws Exception {
        long seed = new SplittableRandom().nextLong();
        Random random = new Random(seed);
        String told = "seed " + seed;
        try (TestNode a = TestNode.named("a", TIMES);
                TestNode b = TestNode.named("b", TIMES);
                TcpProxy proxy = new TcpProxy(b.port, seed)) {
            a.links.wanted(Map.of(b.id(), proxy.address()));
            b.wants(a);
            a.awaitUps(1);
            b.awaitUps(1);
            LinkTraffic there = new LinkTraffic(a, b).start();
            LinkTraffic back = new LinkTraffic(b, a).start();
            long since = System.nanoTime();
            while (isTooLittle(proxy, a) && System.nanoTime() - since < LONGEST) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(20)));
                proxy.cutAfterUpTo(MOST_BYTES[random.nextInt(MOST_BYTES.length)]);
                if (random.nextBoolean()) {
                    proxy.cutNearSide();
                } else if (random.nextInt(5) == 0) {
                    proxy.cut();
                }
            }
            there.stop();
            back.stop();
            proxy.cutNoMore();
            proxy.cut();
            there.assertComplete(told);
            back.assertComplete(told);
            assertThat(a.downs).as(told).isEmpty();
            assertThat(b.downs).as(told).isEmpty();
            assertThat(a.links.counters().resumes()).as(told).isGreaterThan(RESUMES);
            assertThat(a.links.counters().framesReplayed()).as(told).isPositive();
            assertThat(a.links.counters().failures() + b.links.counters().failures())
                    .as(told)
                    .isZero();
        }
    }

    /** On a slow machine most cuts meet a link that the one before has not let come back. */
    private static boolean isTooLittle(TcpProxy proxy, TestNode node) {
        return proxy.cuts() < CUTS || node.links.counters().resumes() <= RESUMES;
    }
}
