package dev.weft.load.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.load.client.Endpoint;
import dev.weft.load.conformance.ComparisonPage.Router;
import dev.weft.load.conformance.Verdict.Outcome;
import dev.weft.load.conformance.feature.Feature;
import dev.weft.load.conformance.feature.Features;
import dev.weft.load.conformance.wire.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {
    private static final String MARKED =
            "By hand.\n<!-- comparison: written by ./weft conformance compare, and written over -->\nold\n<!-- /comparison -->\nBy hand, too.\n";

    private final Map<Router, List<Verdict>> routers = new LinkedHashMap<>();

    private static List<Verdict> verdicts(String feature, Outcome outcome, String said) {
        Feature judged = Features.all().stream()
                .filter(each -> each.name().equals(feature))
                .findFirst()
                .orElseThrow();
        Column column = Column.of(List.of(List.of(Endpoint.parse("rs://127.0.0.1:1"))), List.of(Language.JSON))
                .get(0);
        return judged.checks().stream()
                .map(check -> new Verdict(judged, check, column, outcome, said))
                .toList();
    }

    private String page() {
        return ComparisonPage.replace(MARKED, "2030-01-02", routers, Map.of("third", "there is no go"));
    }

    @Test
    void onlyTheMarkedPartIsWritten() {
        routers.put(new Router("a", "1.0"), List.of());
        assertThat(page())
                .startsWith("By hand.\n<!-- ")
                .endsWith("-->\nBy hand, too.\n")
                .doesNotContain("old");
        assertThat(ComparisonPage.replace(page(), "2030-01-02", routers, Map.of("third", "there is no go")))
                .isEqualTo(page());
        assertThatThrownBy(() -> ComparisonPage.replace("no marks", "2030-01-02", routers, Map.of()))
                .hasMessageContaining("<!-- /comparison -->");
    }

    @Test
    void whatIsNotAnnouncedIsNotCalledFailed() {
        routers.put(new Router("a", "1.0"), verdicts("testaments", Outcome.PASSED, ""));
        routers.put(new Router("b", "2.0"), verdicts("testaments", Outcome.NOT_ANNOUNCED, ""));
        routers.put(new Router("c", "3.0"), verdicts("testaments", Outcome.FAILED, "wanted EVENT, got `nothing`"));
        assertThat(page())
                .contains("On 2030-01-02:", "- a: 1.0", "- LEFT OUT: third: there is no go")
                .contains("| feature | a | b | c |")
                .contains("| testaments | all 3 | not announced | **0 of 3** |")
                .contains("| 3, 0, 0 | 0, 0, 3 | 0, 3, 0 |")
                .contains("a: nothing failed.")
                .contains("c: what failed")
                .contains("- testaments: flushed ones are not, 1 of 1: `wanted EVENT, got 'nothing'`");
    }

    @Test
    void thePageOfTheSourcesHasTheMarks() throws Exception {
        String page = Files.readString(Path.of("../docs/conformance.md"));
        assertThat(ComparisonPage.replace(page, "2030-01-02", routers, Map.of()))
                .contains("On 2030-01-02:");
    }
}
