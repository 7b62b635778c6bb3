package dev.weft.load.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);

    @Test
    void theSameSeedIsTheSameSchedule() {
        assertThat(steps(7, 5, 100)).isEqualTo(steps(7, 5, 100)).isNotEqualTo(steps(8, 5, 100));
    }

    @Test
    void everyKindComesBeforeAnyComesAgain() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(kindsOf(steps(seed, 3, ALL.size()))).as("seed %s", seed).isEqualTo(ALL);
        }
    }

    @Test
    void onlyTheKindsAskedForCome() {
        Schedule schedule = new Schedule(1, 3, Set.of(FaultKind.KILL, FaultKind.FREEZE));
        List<Schedule.Step> steps =
                IntStream.range(0, 50).mapToObj(i -> schedule.next()).toList();
        assertThat(kindsOf(steps)).containsExactlyInAnyOrder(FaultKind.KILL, FaultKind.FREEZE);
    }

    @Test
    void someFaultsOverlapAndNeverOnTheSameLinkOrNode() {
        List<Schedule.Step> steps = steps(3, 5, 500);
        assertThat(steps).anyMatch(step -> step.faults().size() == 2);
        for (Schedule.Step step : steps) {
            if (step.faults().size() == 2 && step.faults().get(0) instanceof LinkFault one) {
                assertThat(step.faults().get(1) instanceof LinkFault other
                                && other.pair().equals(one.pair()))
                        .as("%s", step)
                        .isFalse();
            }
            assertThat(step.between().compareTo(step.faults().get(0).length()))
                    .as("the second of %s begins before the first ends", step)
                    .isLessThanOrEqualTo(0);
        }
    }

    @Test
    void aStormLeavesANodeAlone() {
        for (Fault fault : faults(steps(5, 3, 500))) {
            if (fault.kind() == FaultKind.RESTART_STORM) {
                assertThat(IntStream.range(0, 3).filter(node -> fault.separates(node, node)))
                        .as(fault.describe())
                        .hasSize(2);
            }
        }
    }

    @Test
    void aPartitionHasTwoSidesAndDisturbsOnlyWhatIsBetweenThem() {
        for (Fault fault : faults(steps(6, 5, 500))) {
            if (fault instanceof Partition partition) {
                assertThat(partition.first()).isNotEmpty().doesNotContainAnyElementsOf(partition.second());
                assertThat(partition.first().size() + partition.second().size()).isEqualTo(5);
                int one = partition.first().get(0);
                int other = partition.second().get(0);
                assertThat(fault.separates(one, other)).isTrue();
                assertThat(fault.separates(other, one)).isTrue();
                assertThat(fault.disturbs(one, one)).isFalse();
            }
        }
    }

    private static List<Schedule.Step> steps(long seed, int nodes, int count) {
        Schedule schedule = new Schedule(seed, nodes, ALL);
        return Stream.generate(schedule::next).limit(count).toList();
    }

    private static List<Fault> faults(List<Schedule.Step> steps) {
        return steps.stream().flatMap(step -> step.faults().stream()).toList();
    }

    private static Set<FaultKind> kindsOf(List<Schedule.Step> steps) {
        return faults(steps).stream()
                .map(Fault::kind)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
    }
}
