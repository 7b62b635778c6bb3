package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Certificates;
import dev.weft.wamp.SerializerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    @TempDir
    Path directory;

    private static ConfigReport load(String text, Map<String, String> environment, String... settings) {
        return new ConfigLoader(environment, List.of(settings)).loadText("f.yaml", text);
    }

    private static NodeConfig config(String text, Map<String, String> environment, String... settings) {
        ConfigReport report = load(text, environment, settings);
        assertThat(report.config()).as("%s", report.problems()).isPresent();
        return report.config().get();
    }

    private static List<String> problems(String text, Map<String, String> environment, String... settings) {
        return load(text, environment, settings).problems().stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .map(ConfigProblem::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing", "---", "{}", "null", "limits:\n", "x-note: hello"})
    void anEmptyFileMeansAllDefaults(String text) {
        NodeConfig config = config(text, Map.of());

        assertThat(config.listeners()).hasSize(1);
        ListenerConfig listener = config.listeners().get(0);
        assertThat(listener.type()).isEqualTo(ListenerType.WAMP);
        assertThat(listener.address()).isEqualTo(new HostPort("127.0.0.1", 8080));
        assertThat(listener.name()).isEqualTo("127.0.0.1:8080");
        assertThat(listener.paths()).containsExactly("/ws", "/");
        assertThat(listener.serializers())
                .containsExactly(SerializerId.MSGPACK, SerializerId.CBOR, SerializerId.JSON, SerializerId.UBJSON);
        assertThat(listener.tls()).isNull();
        assertThat(config.realms()).isEmpty();
        assertThat(config.cluster().enabled()).isFalse();
        assertThat(config.limits().maxMessageSize()).isEqualTo(new DataSize(1 << 20));
        assertThat(config.limits().handshakeTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aRouterWithoutRealmsIsWarnedAbout() {
        assertThat(load("", Map.of()).problems())
                .extracting(ConfigProblem::toString)
                .containsExactly("f.yaml: warning: realms: there is no realm, so no client can join"
                        + " (for example realms: [{uri: realm1, auth: {methods: [anonymous]}, roles: "
                        + RealmConfig.OPEN_ROLES + "}])");
    }

    @Test
    void aDoorOpenToStrangersIsWarnedAbout() {
        String text =
                "listeners: [{address: '0.0.0.0:80'}]\nrealms: [{uri: r, auth: {methods: [anonymous]}, roles: [{name: anonymous}]}]";

        assertThat(load(text, Map.of()).problems())
                .extracting(ConfigProblem::toString)
                .containsExactly("f.yaml:1:12: warning: listeners: anyone who can reach 0.0.0.0:80 may join r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-message-size", "maxMessageSize", "max_message_size", "MAX_MESSAGE_SIZE"})
    void theSpellingsOfAKeyAreTheSame(String key) {
        assertThat(config("limits: {" + key + ": 2MiB}", Map.of()).limits().maxMessageSize())
                .isEqualTo(new DataSize(2 << 20));
    }

    @Test
    void jsonIsAccepted() {
        NodeConfig config = config("{\n\t\"limits\": {\n\t\t\"maxDepth\": 5\n\t},\n\t\"realms\": []\n}", Map.of());

        assertThat(config.limits().maxDepth()).isEqualTo(5);
    }

    @Test
    void aFlagGoesBeforeAVariableBeforeTheFileBeforeTheDefault() {
        String file = "limits: {max-depth: 5, max-elements: 1000, max-uri-length: 100}";
        Map<String, String> environment =
                Map.of("WEFT_LIMITS__MAX_ELEMENTS", "2000", "WEFT_LIMITS__MAX_URI_LENGTH", "200");

        LimitsConfig limits =
                config(file, environment, "limits.max-uri-length=300").limits();

        assertThat(limits.maxDepth()).isEqualTo(5);
        assertThat(limits.maxElements()).isEqualTo(2000);
        assertThat(limits.maxUriLength()).isEqualTo(300);
        assertThat(limits.maxRegistrations()).isEqualTo(100_000);
    }

    @Test
    void listElementsAreSetByTheirIndex() {
        Map<String, String> environment = Map.of(
                "WEFT_LISTENERS__0__ADDRESS", "127.0.0.1:1",
                "WEFT_LISTENERS__1__TYPE", "unix",
                "WEFT_LISTENERS__1__SOCKET", "/tmp/weft.sock",
                "WEFT_LISTENERS__0__ORIGINS", "*, https://a.example",
                "WEFT_REALMS", "[{uri: a, auth: {methods: [anonymous]}, roles: [{name: anonymous}]}]");

        NodeConfig config = config("", environment, "realms[0].uri=b", "listeners.0.serializers=json");

        assertThat(config.listeners())
                .extracting(ListenerConfig::name)
                .containsExactly("127.0.0.1:1", "/tmp/weft.sock");
        assertThat(config.listeners().get(0).origins()).containsExactly("*", "https://a.example");
        assertThat(config.listeners().get(0).serializers()).containsExactly(SerializerId.JSON);
        assertThat(config.realms()).extracting(RealmConfig::uri).containsExactly("b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WEFT_LIMITS__MAX_DEPT       | 5    | there is no such key (did you mean 'WEFT_LIMITS__MAX_DEPTH'?)
            WEFT_MAX_MESSAGE_SIZE       | 1MiB | there is no such key (did you mean 'WEFT_LIMITS__MAX_MESSAGE_SIZE'?)
            WEFT_LISTENERS__0__ADRESS   | x    | there is no such key (did you mean 'WEFT_LISTENERS__0__ADDRESS'?)
            WEFT_LISTENERS__3__NAME     | x    | there are only 0 elements before it (use the index 0)
            WEFT_LIMITS__MAX_DEPTH__X   | 5    | there is no such key (did you mean 'WEFT_LIMITS__MAX_DEPTH'?)
            WEFT_LIMITS__MAX_DEPTH      | deep | limits.max-depth: expected a whole number, found 'deep'
            WEFT_LIMITS                 | 5    | limits: expected a group of keys, found '5'
            WEFT_LISTENERS__X__NAME     | x    | there is no such key (did you mean 'WEFT_LISTENERS__0__NAME'?)
            """)
    void aWrongVariableIsNamed(String variable, String value, String problem) {
        assertThat(problems("", Map.of(variable, value))).containsExactly(variable + ": error: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limits.max-dept=5     | --set limits.max-dept: error: there is no such key (did you mean 'limits.max-depth'?)
            limits.max-depth=deep | --set limits.max-depth: error: limits.max-depth: expected a whole number, found 'deep'
            limits                | --set limits: error: expected path=value
            """)
    void aWrongFlagIsNamed(String setting, String problem) {
        assertThat(problems("", Map.of(), setting)).containsExactly(problem);
    }

    @Test
    void variablesThatAreNotSettingsAreLeftAlone() {
        Map<String, String> environment = Map.of(
                "WEFT_JAVA_OPTS", "-Xmx1g",
                "WEFT_SERVICE_HOST", "10.0.0.1",
                "WEFT_PORT", "tcp://10.0.0.1:8080",
                "WEFT_PORT_8080_TCP_ADDR", "10.0.0.1",
                "WEFT_ADMIN_SERVICE_PORT_HTTP", "9000",
                "WEFTY", "1");

        assertThat(problems("", environment)).isEmpty();
    }

    @Test
    void placeholdersAreReplacedByVariables() {
        String text = "node:\n  name: ${POD:none}-${ZONE:a}\ncluster: {name: \"$${x}\", link: {secret: '${KEY}'}}";
        Map<String, String> environment = Map.of("POD", "weft-7", "KEY", "${NOT}-a placeholder");

        assertThat(problems(text, environment))
                .containsExactly("f.yaml:3:17: error: cluster.name: expected 1 to 64 letters, digits, dots, dashes or"
                        + " underscores, found '${x}'");
        NodeConfig config = config(text.replace("$${x}", "x"), environment);
        assertThat(config.node().name()).isEqualTo("weft-7-a");
        assertThat(config.cluster().link().secret()).isEqualTo(new Secret("${NOT}-a placeholder"));
    }

    @Test
    void aSecretMayBeInAFileOfItsOwn() throws IOException {
        Files.writeString(directory.resolve("secret"), "from the file, sixteen\n");
        Path file = Files.writeString(directory.resolve("weft.yaml"), "cluster: {link: {secret-file: secret}}");

        NodeConfig inFile =
                new ConfigLoader(Map.of(), List.of()).loadFile(file).config().orElseThrow();
        assertThat(inFile.cluster().link().secret()).isEqualTo(new Secret("from the file, sixteen"));

        Map<String, String> text = Map.of("WEFT_CLUSTER__LINK__SECRET", "from the variable");
        NodeConfig inVariable =
                new ConfigLoader(text, List.of()).loadFile(file).config().orElseThrow();
        assertThat(inVariable.cluster().link().secret()).isEqualTo(new Secret("from the variable"));

        Map<String, String> named = Map.of(
                "WEFT_CLUSTER__LINK__SECRET_FILE", directory.resolve("secret").toString());
        assertThat(config("cluster: {link: {secret: 0123456789abcdef}}", named)
                        .cluster()
                        .link()
                        .secret())
                .isEqualTo(new Secret("from the file, sixteen"));
    }

    @Test
    void aSecretIsNeverPrinted() {
        String text = "cluster: {link: {secret: 'a zebra crossing the road'}}";

        assertThat(config(text, Map.of()).toString()).doesNotContain("zebra").contains("secret=***");
        assertThat(problems("cluster: {link: {secret: [zebra]}}", Map.of()).toString())
                .doesNotContain("zebra");
        assertThat(problems("cluster: {link: {secret: zebra}}", Map.of()).toString())
                .doesNotContain("zebra");
    }

    @Test
    void fileNamesAreRelativeToTheConfiguration() throws Exception {
        new Certificates(directory).authority("tls");
        Path file = Files.writeString(
                directory.resolve("weft.yaml"), "listeners: [{tls: {certificate: tls.crt, key: tls.key}}]");

        NodeConfig config =
                new ConfigLoader(Map.of(), List.of()).loadFile(file).config().orElseThrow();

        assertThat(config.listeners().get(0).tls().certificate()).isEqualTo(directory.resolve("tls.crt"));
        assertThat(config.listeners().get(0).tls().key()).isEqualTo(directory.resolve("tls.key"));
    }

    @Test
    void aFileThatCannotBeReadIsAProblem() throws IOException {
        Path missing = directory.resolve("missing.yaml");
        Path latin = Files.write(directory.resolve("l.yaml"), "a: 1\nb: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        Path large = Files.writeString(directory.resolve("large.yaml"), "#".repeat(2 << 20));
        ConfigLoader loader = new ConfigLoader(Map.of(), List.of());

        assertThat(loader.loadFile(missing).problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(missing + ": error: there is no file " + missing);
        assertThat(loader.loadFile(directory).problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(directory + ": error: " + directory + " is a directory");
        assertThat(loader.loadFile(Path.of("")).problems())
                .extracting(ConfigProblem::toString)
                .containsExactly("--config: error: the name of the file is empty");
        assertThat(loader.loadFile(latin).problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        latin + ":2:4: error: not UTF-8: the byte 0xE9 cannot stand here (save the file as UTF-8)");
        assertThat(loader.loadFile(large).problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(large + ": error: larger than 1MiB");
    }

    @Test
    void manyAliasesDoNotMakeManyValues() {
        StringBuilder bomb = new StringBuilder("x-0: &l0 [a, a, a, a, a, a, a, a, a]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("x-" + i + ": &l" + i + " [" + ("*l" + (i - 1) + ", ").repeat(8) + "*l" + (i - 1) + "]\n");
        }

        assertThat(problems(bomb.toString(), Map.of()))
                .singleElement()
                .asString()
                .contains("aliases stand for too much");
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        String text = "limits: {max-depth: 0}\nlogging: {level: loud}\nlisteners: [{type: unix}]\nnod: {}";

        assertThat(problems(text, Map.of("WEFT_X__Y", "1"), "z=1")).hasSize(6);
    }
}
