package dev.weft.load.chaos.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which faults come, in which order: without end, and the same for the same seed, number of nodes and kinds. Every kind comes
 * once before any comes again. A fifth of the steps has two faults that overlap.
 */
public final class Schedule {
    private static final int OVERLAPPING = 5;
    private static final int ATTEMPTS = 20;
    private static final int QUIET_MILLIS = 2_000;

    private final SplittableRandom random;
    private final FaultMaker maker;
    private final List<FaultKind> kinds;
    private final List<FaultKind> bag = new ArrayList<>();

    /** @param kinds at least one */
    public Schedule(long seed, int nodes, Collection<FaultKind> kinds) {
        this.random = new SplittableRandom(seed);
        this.maker = new FaultMaker(random.split(), nodes);
        this.kinds = List.copyOf(kinds);
    }

    public Step next() {
        Duration quiet = Duration.ofMillis(random.nextInt(QUIET_MILLIS / 2, QUIET_MILLIS));
        Fault first = maker.make(draw());
        if (random.nextInt(OVERLAPPING) != 0 || first.length().isZero()) {
            return new Step(quiet, List.of(first), Duration.ZERO);
        }
        Duration after =
                Duration.ofMillis(random.nextLong(Math.max(1, first.length().toMillis())));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Fault second = maker.make(kinds.get(random.nextInt(kinds.size())));
            if (!second.length().isZero() && second.kind() != first.kind() && !meet(first, second)) {
                return new Step(quiet, List.of(first, second), after);
            }
        }
        return new Step(quiet, List.of(first), Duration.ZERO);
    }

    /** What both do to the same link or node would be taken back by whichever ends first. */
    private static boolean meet(Fault first, Fault second) {
        if (first instanceof LinkFault one && second instanceof LinkFault other) {
            return one.pair().equals(other.pair());
        }
        if (first instanceof NodeFault one && second instanceof NodeFault other) {
            return one.node() == other.node();
        }
        return first instanceof Partition && second instanceof Partition;
    }

    private FaultKind draw() {
        if (bag.isEmpty()) {
            bag.addAll(kinds);
        }
        return bag.remove(random.nextInt(bag.size()));
    }

    /**
     * @param quiet before the first, when the cluster is whole
     * @param faults one, or two that overlap
     * @param between from the beginning of the first to that of the second
     */
    public record Step(Duration quiet, List<Fault> faults, Duration between) {}
}
