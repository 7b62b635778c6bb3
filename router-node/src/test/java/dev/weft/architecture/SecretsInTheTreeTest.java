package dev.weft.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No key, token or password of anything real is in the sources. */
class SecretsInTheTreeTest {
    private static final long LARGEST = 1 << 20;

    /** Built, downloaded, or not ours to read. */
    private static final Set<String> PASSED_OVER =
            Set.of(".git", ".weft", "target", "node_modules", ".venv", "results");

    private static final Set<String> BINARY =
            Set.of("png", "jpg", "gif", "ico", "jar", "gz", "zip", "p12", "class", "woff2", "pdf", "bin", "hex");

    private static final Map<String, Pattern> SECRETS = Map.of(
            "a private key",
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----\\s+(?:[A-Za-z0-9+/=]{40,}\\s+){2,}"),
            "a key of AWS",
            Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
            "a token of GitHub or GitLab",
            Pattern.compile("\\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\\w{60,}|glpat-[\\w-]{20})\\b"),
            "a token of Slack",
            Pattern.compile("\\bxox[abprs]-[A-Za-z0-9-]{10,}"),
            "a key of Google",
            Pattern.compile("\\bAIza[\\w-]{35}\\b"),
            "a token of npm or PyPI",
            Pattern.compile("\\b(?:npm_[A-Za-z0-9]{36}|pypi-[\\w-]{50,})"),
            "a URL with a password",
            Pattern.compile("\\b[a-z][a-z0-9+.-]*://[^\\s/:@\"'<>${}]+:[^\\s/@\"'<>${}]{3,}@[\\w.-]+"));

    @Test
    void noFileOfTheSourcesHasASecret() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            found.addAll(secrets(root().relativize(file).toString(), Files.readAllBytes(file)));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void whatItLooksForIsFound() {
        String line = "M".repeat(64) + "\n";
        String key = "-----BEGIN " + "PRIVATE KEY-----\n" + line + line + "-----END PRIVATE KEY-----\n";
        assertThat(secrets("a", bytes("x = \"AKI" + "AIOSFODNN7EXAMPLE\""))).containsExactly("a:1: a key of AWS");
        assertThat(secrets("b", bytes("\n\n" + key))).containsExactly("b:3: a private key");
        assertThat(secrets("c", bytes("ghp" + "_" + "a".repeat(36)))).hasSize(1);
        assertThat(secrets("d", bytes("postgres://user:hun" + "ter2@db.example")))
                .hasSize(1);
        assertThat(secrets("e", bytes("secret: ${CLUSTER_KEY}, ws://127.0.0.1:8080/ws")))
                .isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> secrets(String name, byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<String> found = new ArrayList<>();
        SECRETS.forEach((what, pattern) -> {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                long line = text.substring(0, matcher.start()).lines().count();
                boolean atStart = matcher.start() == 0 || text.charAt(matcher.start() - 1) == '\n';
                found.add(name + ":" + (atStart ? line + 1 : line) + ": " + what);
            }
        });
        return found;
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        collect(root(), files);
        return files;
    }

    private static void collect(Path directory, List<Path> files) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = entry.getFileName().toString();
                if (Files.isSymbolicLink(entry) || PASSED_OVER.contains(name)) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    collect(entry, files);
                } else if (!BINARY.contains(name.substring(name.lastIndexOf('.') + 1))
                        && Files.size(entry) <= LARGEST) {
                    files.add(entry);
                }
            }
        }
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("cluster-protocol"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
