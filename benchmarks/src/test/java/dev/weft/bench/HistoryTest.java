package dev.weft.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.bench.History.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsNotAcceptedAgainStaysAsItWas() throws Exception {
        Path file = written(
                "2026-11-28\t17\tA.a\t8.0\t0.5\tfirst",
                "2026-11-28\t17\tB.b\t0.0\t1.0\tfirst",
                "2026-11-28\t17\tA.a\t16.0\t1.0\tsecond, of the same day");
        assertThat(History.read(file).acceptances())
                .containsExactly(
                        new Acceptance(
                                "2026-11-28", "first", Map.of("A.a", new Measured(8, 0.5), "B.b", new Measured(0, 1))),
                        new Acceptance(
                                "2026-11-28",
                                "second, of the same day",
                                Map.of("A.a", new Measured(16, 1), "B.b", new Measured(0, 1))));
    }

    @Test
    void aDoublingIsAtTheTopOfThePictureAndNoChangeInItsMiddle() throws Exception {
        Path file = written(
                "2026-11-28\t17\tABenchmark.a\t31.0\t0.5\tfirst",
                "2026-11-28\t17\tBBenchmark.b:n=1\t0.0\t1.0\tfirst",
                "2026-11-29\t17\tABenchmark.a\t15.0\t1.0\tfaster <and> dearer");
        List<String> lines = HistoryPlot.of(History.read(file))
                .lines()
                .filter(line -> line.contains("polyline"))
                .toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).contains("points=\"142.5,190.0 307.5,60.0\"");
        assertThat(lines.get(1)).contains("points=\"142.5,190.0 307.5,190.0\"");
        assertThat(lines.get(2)).contains("points=\"592.5,190.0 757.5,320.0\"");
    }

    @Test
    void whatIsWrittenInTheHistoryIsEscapedInThePicture() throws Exception {
        Path file = written("2026-11-29\t17\tABenchmark.a\t15.0\t1.0\tfaster <and> dearer");
        assertThat(HistoryPlot.of(History.read(file))).contains("1: 2026-11-29, faster &lt;and&gt; dearer</text>");
    }

    @Test
    void whatIsNoHistoryIsRefusedWithItsLine() throws Exception {
        Path file = written("2026-11-29\t17\tA.a\tmany\t1.0\tfirst");
        assertThatThrownBy(() -> History.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("many");
    }

    private Path written(String... lines) throws IOException {
        return Files.write(directory.resolve("history.tsv"), List.of(lines));
    }

    @Test
    void thePictureInTheSourcesIsThatOfItsHistory() throws Exception {
        Path results = Path.of("results");
        assertThat(results.resolve("history.svg"))
                .hasContent(HistoryPlot.of(History.read(results.resolve("history.tsv"))));
    }
}
