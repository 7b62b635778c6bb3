package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerPaceTest {
    private static final int MESSAGE = 158;

    private final EmbeddedQueue queue = new EmbeddedQueue();
    private final List<String> told = new ArrayList<>();
    private final PeerPace pace =
            new PeerPace(queue.channel, queue.queue, (before, now) -> told.add(before.label() + " > " + now.label()));

    @BeforeEach
    void onlyTheTestLetsTimePass() {
        queue.channel.freezeTime();
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private void passes(int millis) {
        queue.channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        queue.channel.runScheduledPendingTasks();
    }

    /** The peer takes a message. */
    private void takes() {
        queue.write(MESSAGE);
        queue.flush();
        queue.channel.releaseOutbound();
    }

    @Test
    void whoTakesNothingForHalfASecondHasStalledAndNobodyWaitsForItAnyMore() {
        pace.marked(true);
        assertThat(pace.pace().behind()).isOne();
        passes(499);
        assertThat(told).containsExactly("keeps-up > behind");
        passes(1);
        assertThat(told).containsExactly("keeps-up > behind", "behind > stalled");
        assertThat(pace.pace().counted()).isZero();
    }

    @Test
    void whoTakesSomethingNowAndThenIsBehindAndNotStalled() {
        pace.marked(true);
        for (int i = 0; i < 5; i++) {
            passes(400);
            takes();
            passes(100);
        }
        assertThat(told).containsExactly("keeps-up > behind");
    }

    @Test
    void whoHadStalledAndTakesAgainIsWaitedForAgain() {
        pace.marked(true);
        passes(500);
        takes();
        passes(500);
        assertThat(told).containsExactly("keeps-up > behind", "behind > stalled", "stalled > behind");
    }

    @Test
    void whoHasTakenMostKeepsUpAndIsNotLookedAt() {
        pace.marked(true);
        passes(500);
        pace.marked(false);
        passes(5000);
        assertThat(told).containsExactly("keeps-up > behind", "behind > stalled", "stalled > keeps-up");

        pace.marked(true);
        assertThat(told).endsWith("keeps-up > behind");
    }

    @Test
    void whoIsGoneIsNotLookedAt() {
        pace.marked(true);
        pace.stop();
        passes(5000);
        assertThat(told).containsExactly("keeps-up > behind");

        pace.marked(false);
        pace.marked(true);
        queue.channel.close();
        passes(5000);
        assertThat(told).endsWith("keeps-up > behind");
    }
}
