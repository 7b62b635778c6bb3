package dev.weft.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.realm.RealmDisclosure;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What WELCOME announces, and docs/protocol.md, which says for each feature what tests it. */
class AnnouncementsTest {
    private static final Path PAGE = root().resolve("docs/protocol.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| (broker|dealer) \\| `([a-z_]+)` \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\[(\\w+)]\\(([^)]+)\\)");
    private static final Pattern TEST = Pattern.compile("@(Test|ParameterizedTest|TestFactory)\\b");

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("cluster-protocol"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    /** A realm that has everything that a realm can have. */
    private static Realms.Entrance everything() {
        return (Realms.Entrance) Proxy.newProxyInstance(
                Realms.class.getClassLoader(),
                new Class<?>[] {Realms.Entrance.class},
                (proxy, method, args) -> answer(method));
    }

    private static Object answer(Method method) {
        return method.getReturnType() == boolean.class
                ? true
                : new RealmDisclosure(Disclosure.ALLOW, Map.of("anonymous", 1));
    }

    private static Set<String> announced() {
        Set<String> announced = new TreeSet<>();
        RouterRoles.of(everything()).forEach((role, details) -> {
            Map<?, ?> features = (Map<?, ?>) ((Map<?, ?>) details).get("features");
            features.keySet().forEach(flag -> announced.add(role + " " + flag));
        });
        return announced;
    }

    /** The links of each row. */
    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        ROW.matcher(Files.readString(PAGE))
                .results()
                .forEach((MatchResult row) -> rows.put(row.group(1) + " " + row.group(2), row.group(3)));
        return rows;
    }

    @Test
    void whatIsAnnouncedIsOnThePageAndNothingElse() throws IOException {
        assertThat(rows().keySet()).isEqualTo(announced());
    }

    @Test
    void eachFeatureHasTestsThatAreThere() throws IOException {
        for (Map.Entry<String, String> row : rows().entrySet()) {
            assertThat(LINK.matcher(row.getValue()).results().toList())
                    .as(row.getKey())
                    .isNotEmpty()
                    .allSatisfy(link -> {
                        Path test = PAGE.resolveSibling(link.group(2));
                        assertThat(test).exists().hasFileName(link.group(1) + ".java");
                        String source = Files.readString(test);
                        assertThat(TEST.matcher(source).find() || source.contains("Contract"))
                                .as("%s has tests", test)
                                .isTrue();
                    });
        }
    }
}
