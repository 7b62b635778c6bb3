package dev.weft.uri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.uri.NaivePatterns.Pattern;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampUri;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What {@link UriPattern} says of sets of URIs, against the sets themselves: patterns over the letters a and b, URIs over
 * those and z, which stands for all that no pattern names.
 */
final class UriPatternModelTest {
    private static final List<String> URIS = uris();
    private static final List<UriPattern> PATTERNS = patterns();

    private static List<String> uris() {
        List<String> components = List.of("a", "b", "z", "aa", "az", "ab", "bz", "abz");
        List<String> found = new ArrayList<>(components);
        List<String> longest = components;
        for (int length = 2; length <= 4; length++) {
            List<String> longer = new ArrayList<>();
            for (String uri : longest) {
                components.forEach(component -> longer.add(uri + "." + component));
            }
            found.addAll(longer);
            longest = longer;
        }
        return found;
    }

    private static List<UriPattern> patterns() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size() && texts.get(i).length() < 4; i++) {
            for (char next : "ab.".toCharArray()) {
                texts.add(texts.get(i) + next);
            }
        }
        List<UriPattern> found = new ArrayList<>();
        for (MatchPolicy match : MatchPolicy.values()) {
            texts.stream()
                    .filter(text -> WampUri.isValid(text, true, match))
                    .filter(text -> text.matches("((a|b|aa|ab)?\\.){0,2}(a|b|aa|ab)?"))
                    .forEach(text -> found.add(new UriPattern(match, text)));
        }
        return found;
    }

    private static List<String> members(UriPattern pattern) {
        Pattern naive = new Pattern(pattern.match(), pattern.uri());
        return URIS.stream().filter(naive::matches).toList();
    }

    @Test
    void aPatternMatchesTheUrisOfItsSetAndNoOther() {
        for (UriPattern pattern : PATTERNS) {
            assertThat(URIS.stream().filter(pattern::matches))
                    .as("%s", pattern)
                    .containsExactlyElementsOf(members(pattern));
        }
    }

    @Test
    void onePatternContainsAnotherIfAndOnlyIfAllMembersOfThatAreItsOwn() {
        List<List<String>> sets =
                PATTERNS.stream().map(UriPatternModelTest::members).toList();
        for (int inner = 0; inner < sets.size(); inner++) {
            UriPattern small = PATTERNS.get(inner);
            for (UriPattern large : PATTERNS) {
                boolean contained = sets.get(inner).stream().allMatch(large::matches);
                assertThat(large.contains(small)).as("%s in %s", small, large).isEqualTo(contained);
            }
        }
    }

    @Test
    void twoPatternsHaveACommonMemberIfAndOnlyIfTheirSetsMeet() {
        List<List<String>> sets =
                PATTERNS.stream().map(UriPatternModelTest::members).toList();
        for (int i = 0; i < sets.size(); i++) {
            UriPattern one = PATTERNS.get(i);
            for (UriPattern other : PATTERNS) {
                boolean meet = sets.get(i).stream().anyMatch(other::matches);
                String common = one.anyCommonMember(other);
                assertThat(common != null).as("%s and %s", one, other).isEqualTo(meet);
                assertThat(common == null || (one.matches(common) && other.matches(common)))
                        .as("%s of %s and %s", common, one, other)
                        .isTrue();
            }
        }
    }
}
