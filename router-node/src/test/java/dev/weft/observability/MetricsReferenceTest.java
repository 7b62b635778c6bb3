package dev.weft.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsReferenceTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void theDocumentedMetricsAreTheMetricsThatExist() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/metrics.md")))
                .as("out of date; run: ./weft metrics-doc --md > docs/metrics.md")
                .isEqualTo(MetricsDoc.render());
    }
}
