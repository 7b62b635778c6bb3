package dev.weft.uri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.uri.NaivePatterns.Pattern;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index against a model that tries every pattern. */
class PatternIndexModelTest {
    private static final String[] COMPONENTS = {"a", "b", "ab", "abc", "é", "日本", "com", "aa", "a-b", "*"};

    private final NaivePatterns model = new NaivePatterns();
    private final PatternIndex<Pattern> index = new PatternIndex<>();
    private final Matches<Pattern> matches = new Matches<>();

    /** The seeds; each runs 40,000 steps. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261123})
    void everyMatchIsWhatTryingEveryPatternGives(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 40_000; step++) {
            String where = "seed " + seed + ", step " + step;
            change(random, where);
            String uri = random.nextInt(4) == 0 ? prefixOf(concreteUri(random), random) : concreteUri(random);
            index.matchAll(uri, matches);
            assertThat(found())
                    .as("%s: all for %s", where, uri)
                    .containsExactlyInAnyOrderElementsOf(model.matchAll(uri));
            assertThat(found())
                    .as("%s: order of policies", where)
                    .isSortedAccordingTo((a, b) -> a.match().compareTo(b.match()));
            assertThat(index.matchBest(uri, matches))
                    .as("%s: best for %s", where, uri)
                    .isEqualTo(model.matchBest(uri));
        }
    }

    private void change(Random random, String where) {
        // Grows, then shrinks, then grows: the small tables are laid anew many times.
        boolean mostlyAdd = random.nextInt(300) > model.size();
        if (mostlyAdd == (random.nextInt(5) > 0)) {
            Pattern pattern = pattern(random);
            model.add(pattern);
            index.computeIfAbsent(pattern.match(), pattern.uri(), () -> pattern);
        } else {
            List<Pattern> all = model.all();
            Pattern pattern =
                    all.isEmpty() || random.nextInt(4) == 0 ? pattern(random) : all.get(random.nextInt(all.size()));
            assertThat(index.remove(pattern.match(), pattern.uri())).as(where).isEqualTo(model.remove(pattern));
        }
        assertThat(index.size()).as(where).isEqualTo(model.size());
        if (random.nextInt(50) == 0) {
            List<Pattern> listed = new ArrayList<>();
            index.forEach((uri, entry) -> listed.add(entry));
            assertThat(listed).as(where).containsExactlyInAnyOrderElementsOf(model.all());
            for (MatchPolicy policy : MatchPolicy.values()) {
                long count = model.all().stream()
                        .filter(pattern -> pattern.match() == policy)
                        .count();
                assertThat(index.size(policy)).as(where).isEqualTo((int) count);
            }
        }
    }

    private List<Pattern> found() {
        List<Pattern> found = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            found.add(matches.get(i));
        }
        return found;
    }

    private static Pattern pattern(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Pattern(MatchPolicy.EXACT, concreteUri(random));
            case 1 -> new Pattern(MatchPolicy.PREFIX, prefixOf(concreteUri(random), random));
            default -> new Pattern(MatchPolicy.WILDCARD, wildcard(random));
        };
    }

    private static String concreteUri(Random random) {
        StringJoiner uri = new StringJoiner(".");
        int components = 1 + random.nextInt(random.nextInt(20) == 0 ? 70 : 5);
        for (int i = 0; i < components; i++) {
            uri.add(COMPONENTS[random.nextInt(random.nextBoolean() ? 2 : COMPONENTS.length)]);
        }
        return uri.toString();
    }

    private static String prefixOf(String uri, Random random) {
        String prefix = uri.substring(0, random.nextInt(uri.length() + 1));
        return random.nextBoolean() ? prefix : prefix + ".";
    }

    private static String wildcard(Random random) {
        StringJoiner pattern = new StringJoiner(".");
        int components = 1 + random.nextInt(random.nextInt(20) == 0 ? 70 : 5);
        for (int i = 0; i < components; i++) {
            pattern.add(random.nextInt(3) == 0 ? "" : COMPONENTS[random.nextInt(2)]);
        }
        return pattern.toString();
    }
}
