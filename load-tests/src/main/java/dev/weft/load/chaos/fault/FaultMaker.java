package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.net.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws faults: victims, lengths and strengths. */
final class FaultMaker {
    /** Around what decides: the resume grace of links (2 s) and the heartbeat timeout (4 s). */
    private static final List<Integer> FREEZES = List.of(500, 2_000, 4_500, 10_000);

    private static final List<Integer> CUTS = List.of(200, 1_000, 1_500, 3_000, 8_000);
    private static final List<Integer> SILENCES = List.of(500, 2_000, 3_000, 8_000);
    private static final List<Integer> PARTITIONS = List.of(1_000, 5_000, 10_000, 15_000);
    private static final List<Integer> DELAYS = List.of(5, 25, 100, 300);
    private static final List<Integer> KIBIBYTES_PER_SECOND = List.of(64, 256, 1_024);
    private static final int HOURS_OF_A_CLOCK_JUMP = 2;

    private final SplittableRandom random;
    private final int nodes;

    FaultMaker(SplittableRandom random, int nodes) {
        this.random = random;
        this.nodes = nodes;
    }

    Fault make(FaultKind kind) {
        return switch (kind) {
            case KILL -> new Kill(node(), millis(random.nextInt(0, 4_000)));
            case FREEZE -> new Freeze(node(), oneOf(FREEZES));
            case PAUSES -> new Pauses(node(), numbers(random.nextInt(5, 15), 20, 800));
            case LINK_CUT -> new LinkCut(pair(), oneOf(CUTS));
            case LINK_SILENCE -> new LinkSilence(pair(), oneOf(SILENCES));
            case LINK_RESET -> new LinkReset(pair(), numbers(random.nextInt(3, 9), 1, 20_000));
            case SLOW_LINK -> slowLink();
            case PARTITION -> partition(false);
            case ONE_WAY -> partition(true);
            case RESTART_STORM -> new Restarts(kind, storm(), millis(random.nextInt(200, 3_000)));
            case ROLLING_RESTART -> new Restarts(kind, shuffled(), millis(random.nextInt(100, 1_000)));
            case CLOCK_JUMP -> clockJump();
        };
    }

    /** Of two or three victims, one of them perhaps twice; at least one node is left alone. */
    private List<Integer> storm() {
        List<Integer> victims = new ArrayList<>(shuffled().subList(0, Math.min(nodes - 1, random.nextInt(2, 4))));
        victims.add(victims.get(random.nextInt(victims.size())));
        return victims;
    }

    private Fault slowLink() {
        int bytesPerSecond = KIBIBYTES_PER_SECOND.get(random.nextInt(KIBIBYTES_PER_SECOND.size())) * 1024;
        return new SlowLink(pair(), oneOf(DELAYS), bytesPerSecond, millis(random.nextInt(2_000, 8_000)));
    }

    private Fault partition(boolean oneWay) {
        List<Integer> order = shuffled();
        int size = random.nextInt(1, nodes / 2 + 1);
        return new Partition(
                List.copyOf(order.subList(0, size)),
                List.copyOf(order.subList(size, nodes)),
                oneWay,
                oneOf(PARTITIONS));
    }

    private Fault clockJump() {
        int hours = random.nextBoolean() ? HOURS_OF_A_CLOCK_JUMP : -HOURS_OF_A_CLOCK_JUMP;
        return new ClockJump(node(), Duration.ofHours(hours), millis(random.nextInt(2_000, 6_000)));
    }

    private int node() {
        return random.nextInt(nodes);
    }

    private Pair pair() {
        List<Integer> order = shuffled();
        return Pair.of(order.get(0), order.get(1));
    }

    private List<Integer> shuffled() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, nodes).boxed().toList());
        for (int left = nodes; left > 1; left--) {
            order.add(order.remove(random.nextInt(left)));
        }
        return order;
    }

    private List<Integer> numbers(int count, int least, int most) {
        return random.ints(count, least, most).boxed().toList();
    }

    private Duration oneOf(List<Integer> millis) {
        return millis(millis.get(random.nextInt(millis.size())));
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }
}
