package dev.weft.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 28);

    private final Baseline baseline =
            new Baseline(17, Map.of("A.a", new Measured(0, 0.5), "B.b:entries=10", new Measured(1000, 20)));

    @Test
    void whatCostsAsMuchAsAcceptedPasses() {
        assertThat(baseline.regressions(baseline.accepted())).isEmpty();
        assertThat(baseline.regressions(
                        Map.of("A.a", new Measured(3.9, 0.87), "B.b:entries=10", new Measured(1023, 34.9))))
                .isEmpty();
    }

    @Test
    void whatIsCheaperPasses() {
        assertThat(baseline.regressions(Map.of("A.a", new Measured(0, 0.1), "B.b:entries=10", new Measured(0, 1))))
                .isEmpty();
    }

    /** If it is not accepted, it can get as dear as it was, and nobody sees. */
    @Test
    void whatIsMuchCheaperIsToBeAccepted() {
        assertThat(baseline.gains(Map.of("A.a", new Measured(0, 0.3), "B.b:entries=10", new Measured(980, 12))))
                .isEmpty();
        assertThat(baseline.gains(Map.of(
                        "A.a",
                        new Measured(0, 0.28),
                        "B.b:entries=10",
                        new Measured(960, 20),
                        "C.c",
                        new Measured(0, 1))))
                .containsExactlyInAnyOrder(
                        "A.a takes 0.2800 of the calibration and allocates 0.0 bytes, accepted are 0.5000 and 0.0",
                        "B.b:entries=10 takes 20.0000 of the calibration and allocates 960.0 bytes, accepted are 20.0000 and"
                                + " 1000.0");
    }

    @Test
    void oneObjectMoreIsSeen() {
        assertThat(said(Map.of("A.a", new Measured(16, 0.5), "B.b:entries=10", new Measured(1048, 20))))
                .containsExactlyInAnyOrder(
                        "A.a allocates 16.0 bytes, accepted are 0.0",
                        "B.b:entries=10 allocates 1048.0 bytes, accepted are 1000.0");
    }

    @Test
    void aDoublingOfTheTimeIsSeen() {
        assertThat(said(Map.of("A.a", new Measured(0, 1), "B.b:entries=10", new Measured(1000, 20))))
                .containsExactly("A.a takes 1.0000 of the calibration, accepted are 0.5000");
    }

    @Test
    void whatIsNewAndWhatIsGoneIsToBeAccepted() {
        assertThat(said(Map.of("A.a", new Measured(0, 0.5), "C.c", new Measured(1, 1))))
                .containsExactly("C.c is not in the baseline", "B.b:entries=10 is in the baseline and was not run");
    }

    @Test
    void ofTwoMeasurementsTheLowerFiguresCount() {
        assertThat(new Measured(10, 0.5).better(new Measured(8, 0.7))).isEqualTo(new Measured(8, 0.5));
        assertThat(new Regression("B.b:entries=10", "is slow").method()).isEqualTo("B.b");
    }

    private List<String> said(Map<String, Measured> now) {
        return baseline.regressions(now).stream().map(Regression::toString).toList();
    }

    @Test
    void whatIsWrittenIsReadAndRemembered(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("baseline.tsv");
        Path history = directory.resolve("history.tsv");
        baseline.write(file, history, DAY, "first", baseline.accepted().keySet());
        assertThat(Baseline.read(file)).isEqualTo(baseline);
        baseline.with(Map.of("A.a", new Measured(0, 0.4)))
                .write(file, history, DAY.plusDays(1), "second", Set.of("A.a"));
        assertThat(Files.readAllLines(file)).hasSize(3).first().isEqualTo("# Java 17, accepted 2026-11-29: second");
        assertThat(Files.readAllLines(history))
                .containsExactly(
                        "2026-11-28\t17\tA.a\t0.0\t0.5000\tfirst",
                        "2026-11-28\t17\tB.b:entries=10\t1000.0\t20.0000\tfirst",
                        "2026-11-29\t17\tA.a\t0.0\t0.4000\tsecond");
        assertThat(Baseline.read(file).accepted())
                .isEqualTo(Map.of("A.a", new Measured(0, 0.4), "B.b:entries=10", new Measured(1000, 20)));
    }

    @Test
    void whatIsNoBaselineIsRefused(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("baseline.tsv"), "# Java 17, accepted\nA.a\tmany\t1\n");
        assertThatThrownBy(() -> Baseline.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("many");
    }
}
