package dev.weft.architecture;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.weft.transport.CloseReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents name is there. */
class DocumentsTest {
    private static final Path ROOT = root();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
    private static final Pattern PATH = Pattern.compile("\\bdocs/[\\w./-]+\\.md");
    private static final Pattern QUALIFIED = Pattern.compile("`(dev\\.weft\\.[\\w.]+)`");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w+)`");

    /** The directory of the parent POM: tests run in that of their module. */
    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("cluster-protocol"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONTRIBUTING.md", "docs/architecture.md", "docs/threading.md", "docs/dependencies.md"})
    void everyPathExists(String document) throws IOException {
        Path path = ROOT.resolve(document);
        assertThat(missing(path, LINK, link -> Files.exists(path.resolveSibling(link))))
                .as("links of %s", document)
                .isEmpty();
        assertThat(missing(path, PATH, named -> Files.exists(ROOT.resolve(named))))
                .as("paths in %s", document)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/architecture.md", "docs/threading.md"})
    void everyClassAndPackageExists(String document) throws IOException {
        Path path = ROOT.resolve(document);
        assertThat(missing(path, QUALIFIED, DocumentsTest::isClassOrPackage))
                .as("names in %s", document)
                .isEmpty();
        Set<String> classes = classes();
        assertThat(missing(path, CLASS, classes::contains))
                .as("classes in %s", document)
                .isEmpty();
    }

    /** An attack is answered by a test, or it is not known to be answered. */
    @Test
    void everyAttackHasItsTests() throws IOException {
        String table = Files.readString(ROOT.resolve("docs/security.md")).split("<!-- attacks -->")[1];
        List<String> attacks =
                table.lines().filter(line -> line.startsWith("| ")).skip(1).toList();
        assertThat(attacks).hasSizeGreaterThan(30);
        for (String attack : attacks) {
            List<MatchResult> tests = TEST.matcher(attack).results().toList();
            assertThat(tests).as(attack).isNotEmpty();
            for (MatchResult test : tests) {
                assertThat(sourceOf(test.group(1)))
                        .as("%s.%s", test.group(1), test.group(2))
                        .contains(" void " + test.group(2) + "(");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CloseReason.class)
    void everyCloseReasonIsInTheTableWithItsCode(CloseReason reason) throws IOException {
        String document = Files.readString(ROOT.resolve("docs/transports.md"));
        String row = "| `" + reason.label() + "` | ";
        List<String> rows =
                document.lines().filter(line -> line.startsWith(row)).toList();
        assertThat(rows)
                .as(reason.label())
                .singleElement(as(STRING))
                .containsPattern(" \\| (none|" + reason.webSocketCode() + ") \\| .{10}");
    }

    private static String sourceOf(String test) throws IOException {
        try (Stream<Path> files = sources()) {
            Path source = files.filter(file -> file.endsWith(test + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + test));
            return Files.readString(source);
        }
    }

    /** The architecture page is the map: a room that is not on it would not be found. */
    @Test
    void everyRoomIsOnTheMap() throws IOException {
        String map = Files.readString(ROOT.resolve("docs/architecture.md"));
        try (Stream<Path> files = sources()) {
            Set<String> rooms = files.filter(file -> file.endsWith("package-info.java") && !isTest(file))
                    .map(DocumentsTest::packageOf)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(rooms).filteredOn(room -> !isMapped(map, room)).isEmpty();
        }
    }

    /** A room inside another is found through it, except in the cluster, which is a house of its own. */
    private static boolean isMapped(String map, String room) {
        boolean inside = Stream.of("dev.weft.wamp.codec.", "dev.weft.node.").anyMatch(room::startsWith);
        return inside || map.contains("| `" + room + "` |");
    }

    private static boolean isTest(Path file) {
        return ROOT.relativize(file).startsWith("cluster-protocol/src/test")
                || ROOT.relativize(file).startsWith("router-node/src/test");
    }

    private static String packageOf(Path packageInfo) {
        String directory = packageInfo.getParent().toString().replace('\\', '/');
        return directory
                .substring(directory.indexOf("src/main/java/") + "src/main/java/".length())
                .replace('/', '.');
    }

    private static Set<String> missing(Path document, Pattern pattern, Predicate<String> exists) throws IOException {
        return pattern.matcher(Files.readString(document))
                .results()
                .map((MatchResult result) -> result.group(result.groupCount()))
                .filter(exists.negate())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isClassOrPackage(String name) {
        String path = name.replace('.', '/');
        return Stream.of("cluster-protocol", "router-node")
                .map(module -> ROOT.resolve(module).resolve("src/main/java"))
                .anyMatch(tree -> Files.exists(tree.resolve(path + ".java")) || Files.isDirectory(tree.resolve(path)));
    }

    private static Set<String> classes() throws IOException {
        try (Stream<Path> files = sources()) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<Path> sources() throws IOException {
        Stream<Path> protocol = Files.walk(ROOT.resolve("cluster-protocol/src"));
        Stream<Path> router = Files.walk(ROOT.resolve("router-node/src"));
        return Stream.concat(protocol, router).filter(file -> file.toString().endsWith(".java"));
    }
}
