package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class GeneratedReferenceTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern LIMIT = Pattern.compile("(realms\\[]\\.)?limits\\..+|realms\\[]\\.roles\\[]\\.max-.+"
            + "|authentication\\.(?!secret|router-key|reload-interval).+|realms\\[]\\.auth\\..*timeout");
    private static final ConfigLoader LOADER = new ConfigLoader(Map.of(), List.of());

    @Test
    void theDocumentedKeysAreTheKeysThatExist() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/configuration.md")))
                .as("out of date; run: ./weft config-doc --md > docs/configuration.md")
                .isEqualTo(ConfigDoc.render());
    }

    /** A default without its reason is one that nobody dares to change. */
    @Test
    void theReasonOfEveryLimitIsGiven() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/security.md"));
        String reasons = page.substring(page.indexOf("## Defaults, and why"), page.indexOf("## Traces"));

        List<String> limits =
                paths("", ConfigSchema.ROOT).filter(LIMIT.asMatchPredicate()).toList();
        assertThat(limits)
                .hasSizeGreaterThan(30)
                .filteredOn(limit -> !reasons.contains('`' + limit + '`'))
                .as("without a reason in docs/security.md")
                .isEmpty();
    }

    private static Stream<String> paths(String path, KeyType type) {
        if (type instanceof KeyType.ListOf list) {
            return paths(path + "[]", list.element());
        }
        return type instanceof KeyType.Section section
                ? section.keys().stream()
                        .flatMap(key -> paths(path.isEmpty() ? key.name() : path + '.' + key.name(), key.type()))
                : Stream.of(path);
    }

    @Test
    void theDefaultConfigMeansTheSameAsAnEmptyFile() {
        ConfigReport written = LOADER.loadText("default-config", DefaultConfig.render());

        assertThat(written.config()).as("%s", written.problems()).isPresent();
        assertThat(written.config()).isEqualTo(LOADER.loadText("empty", "").config());
    }

    @Test
    void theSchemaIsJsonAndNamesEverySection() {
        Object schema = new Load(LoadSettings.builder().build()).loadFromString(ConfigSchemaJson.render());

        Map<?, ?> properties = (Map<?, ?>) ((Map<?, ?>) schema).get("properties");
        assertThat(properties.keySet().stream().map(Object::toString))
                .containsExactly(
                        "node",
                        "listeners",
                        "realms",
                        "authentication",
                        "cluster",
                        "limits",
                        "drain",
                        "admin",
                        "logging",
                        "tracing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"single-node.yaml", "cluster-static.yaml", "cluster-kubernetes.yaml", "roles.yaml"})
    void theExamplesLoad(String example) {
        Map<String, String> environment =
                Map.of("POD_NAME", "weft-0", "POD_IP", "10.0.0.1", "WEFT_CLUSTER__KEY", "0123456789abcdef");

        ConfigReport report = new ConfigLoader(environment, List.of())
                .loadFile(ROOT.resolve("docs/examples/config").resolve(example));

        assertThat(report.config()).as("%s", report.problems()).isPresent();
    }
}
