package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrincipalsReaderTest {
    @TempDir
    private Path directory;

    private final PrincipalsReader reader = new PrincipalsReader(Map.of("TICKET", "from the environment"));

    static List<Arguments> wrongTexts() {
        return List.of(
                Arguments.of(
                        "",
                        "0:0: principals: missing (for example principals: [{authid: alice, role: user,"
                                + " ticket: secret}])"),
                Arguments.of("[]", "1:1: expected a group of keys, found a list"),
                Arguments.of("principals:\n- {authid: a}", "2:3: principals[0].role: missing (for example role: user)"),
                Arguments.of(
                        "principals:\n- {authid: a, role: r}\n- {authid: a, role: r}",
                        "3:12: principals[1].authid: 'a' is also principals[0].authid"),
                Arguments.of(
                        "principals:\n- {authid: a, role: r, ticket: $argon2$hidden}",
                        "2:32: principals[0].ticket: the parameters are not name=value,name=value"),
                Arguments.of(
                        "principals:\n- {authid: a, role: r, scram: hidden}",
                        "2:31: principals[0].scram: not of the form $scheme$name=value,...$..."),
                Arguments.of(
                        "principals:\n- {authid: a, role: r, wampcra: $wampcra$i=9$hidden$hidden}",
                        "2:33: principals[0].wampcra: l has to be a number from 16 to 64"),
                Arguments.of(
                        "principals:\n- {authid: a, role: r, ticket: \"${MISSING}\"}",
                        "2:32: principals[0].ticket: the environment variable MISSING is not set (set it, or write"
                                + " ${MISSING:default})"),
                Arguments.of(
                        "principals:\n- {authid: a, role: r, ticket-file: none}",
                        "2:37: principals[0].ticket-file: there is no file DIRECTORY/none"),
                Arguments.of(
                        "principals:\n- {authid: a, role: r, public-keys: [\"" + "0".repeat(64) + "\"]}",
                        "2:37: principals[0].public-keys: '" + "0".repeat(64)
                                + "' is no public key of Ed25519, or one that proves nothing"));
    }

    @ParameterizedTest
    @MethodSource("wrongTexts")
    void whatIsWrongIsSaidWithLineAndColumnAndWithoutSecrets(String text, String problem) throws IOException {
        Path file = Files.writeString(directory.resolve("principals.yaml"), text);
        PrincipalsReader.Report report = reader.read("realm1", List.of(file));
        assertThat(report.isUsable()).isFalse();
        assertThat(report.principals()).isEmpty();
        assertThat(report.problems())
                .extracting(found -> found.toString()
                        .replace("error: ", "")
                        .replace(file + ": ", "0:0: ")
                        .replace(file + ":", "")
                        .replace(directory.toString(), "DIRECTORY"))
                .contains(problem)
                .noneMatch(words -> words.contains("hidden"));
    }

    @Test
    void secretsComeFromTheFileTheEnvironmentAndFilesOfTheirOwn() throws IOException {
        Files.writeString(directory.resolve("bob.ticket"), "from a file\n");
        Path file = Files.writeString(directory.resolve("principals.yaml"), """
                principals:
                - {authid: alice, role: user, ticket: "${TICKET}"}
                - {authid: bob, role: user, ticket-file: bob.ticket}
                - {authid: carol, role: user, realms: [realm2], ticket: elsewhere}
                - {authid: dora, role: user, enabled: false, ticket: not now}
                """);
        PrincipalsReader.Report report = reader.read("realm1", List.of(file));
        assertThat(report.problems()).isEmpty();
        assertThat(report.principals())
                .extracting(one -> one.authid() + ": " + one.ticket().reveal())
                .containsExactly("alice: from the environment", "bob: from a file");
        assertThat(report.files()).containsExactly(file, directory.resolve("bob.ticket"));
        assertThat(report.principals().toString()).doesNotContain("from");
    }

    @Test
    void aNameStandsInOneFileOfARealm() throws IOException {
        Path one = Files.writeString(directory.resolve("1.yaml"), "principals: [{authid: a, role: r}]");
        Path two = Files.writeString(directory.resolve("2.yaml"), "principals: [{authid: a, role: r}]");
        assertThat(reader.read("realm1", List.of(one, two)).problems())
                .singleElement()
                .asString()
                .contains("2.yaml: error: principals: 'a' is also in " + one);
    }

    @Test
    void theConfigurationIsWrongWhenItsPrincipalsAre() throws IOException {
        Files.writeString(directory.resolve("principals.yaml"), "principals: [{authid: a}]");
        Path config = Files.writeString(
                directory.resolve("weft.yaml"),
                "realms: [{uri: realm1, auth: {methods: [ticket], principals: [principals.yaml]}}]");
        ConfigReport report = new ConfigLoader(Map.of(), List.of()).loadFile(config);
        assertThat(report.config()).isEmpty();
        assertThat(report.problems())
                .anyMatch(problem -> problem.toString()
                        .endsWith("principals.yaml:1:14: error: principals[0].role: missing (for example role: user)"));
    }

    @Test
    void theExampleInTheDocumentationIsRead() throws IOException {
        String page = Files.readString(Path.of("").toAbsolutePath().getParent().resolve("docs/authentication.md"));
        int start = page.indexOf("# principals.yaml");
        Path file =
                Files.writeString(directory.resolve("example.yaml"), page.substring(start, page.indexOf("```", start)));
        PrincipalsReader.Report report =
                new PrincipalsReader(Map.of("ALICE_TICKET", "a ticket")).read("realm1", List.of(file));
        assertThat(report.problems()).isEmpty();
        assertThat(report.principals()).hasSize(5);
    }
}
