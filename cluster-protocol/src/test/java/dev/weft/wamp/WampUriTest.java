package dev.weft.wamp;

import static dev.weft.wamp.MatchPolicy.EXACT;
import static dev.weft.wamp.MatchPolicy.PREFIX;
import static dev.weft.wamp.MatchPolicy.WILDCARD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WampUriTest {
    // The expressions of the specification, "URIs" and "WAMP IDL", for the whole string.
    private static final String LOOSE_PART = "[^\\s.#]+";
    private static final String STRICT_PART = "[0-9a-z_]+";

    @ParameterizedTest
    @ValueSource(strings = {"com", "com.example", "com.example.Topic-1", "ü.€.𝄞", "a.b.c.d.e", "com.http://x"})
    void looseUrisAreValid(String uri) {
        assertThat(WampUri.isValid(uri, false, EXACT)).isTrue();
        assertThat(WampUri.isValid(uri, false, PREFIX)).isTrue();
        assertThat(WampUri.isValid(uri, false, WILDCARD)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a#b",
                "a\n",
                "a.b\n",
                "\ta",
                "a\u00a0b",
                "a\u2003b",
                "a\u0085b",
                "a\u0000b",
                "a\u3000",
                "\ufeffa"
            })
    void spaceAndTheNumberSignAreNeverValid(String uri) {
        for (MatchPolicy policy : MatchPolicy.values()) {
            assertThat(WampUri.isValid(uri, false, policy)).isFalse();
            assertThat(WampUri.isValid(uri, true, policy)).isFalse();
        }
    }

    @Test
    void emptyComponentsAreForPatterns() {
        for (String uri : new String[] {"a..b", ".a", "..", "a..", ".", "..b"}) {
            assertThat(WampUri.isValid(uri, false, EXACT)).isFalse();
            assertThat(WampUri.isValid(uri, true, WILDCARD)).isTrue();
            assertThat(WampUri.isValid(uri, false, PREFIX)).isFalse();
        }
        for (String uri : new String[] {"a.", "a.b.", ""}) {
            assertThat(WampUri.isValid(uri, false, EXACT)).isFalse();
            assertThat(WampUri.isValid(uri, true, WILDCARD)).isTrue();
            assertThat(WampUri.isValid(uri, true, PREFIX)).isTrue();
        }
    }

    @Test
    void strictUrisHaveSmallLettersDigitsAndUnderscores() {
        assertThat(WampUri.isValid("com.example_1.topic", true, EXACT)).isTrue();
        for (String uri :
                new String[] {"com.Example", "com.ex-ample", "com.exämple", "com.example\n", "com.`", "com.{"}) {
            assertThat(WampUri.isValid(uri, true, EXACT)).isFalse();
        }
    }

    @Test
    void theNumberOfComponentsIsLimited() {
        String most = "a" + ".a".repeat(WampUri.MAX_COMPONENTS - 1);
        assertThat(WampUri.isValid(most, true, EXACT)).isTrue();
        assertThat(WampUri.isValid(most + ".a", true, EXACT)).isFalse();
        assertThat(WampUri.isValid("a.b.c", true, EXACT, 2)).isFalse();
        assertThat(WampUri.isValid("..", true, WILDCARD, 3)).isTrue();
        assertThat(WampUri.isValid("...", true, WILDCARD, 3)).isFalse();
    }

    @Test
    void onlyTheFirstComponentsWampAndWeftAreReserved() {
        assertThat(WampUri.isReserved("wamp")).isTrue();
        assertThat(WampUri.isReserved("wamp.session.on_join")).isTrue();
        assertThat(WampUri.isReserved("wamp.")).isTrue();
        assertThat(WampUri.isReserved("weft.gap")).isTrue();
        assertThat(WampUri.isOfSpecification("weft.gap")).isFalse();
        for (String uri : new String[] {"wampx", "wamp_x.y", "com.wamp", "WAMP.x", "wam", "", ".wamp", "weftx"}) {
            assertThat(WampUri.isReserved(uri)).isFalse();
        }
    }

    @Test
    void theRulesAreThoseOfTheSpecification() {
        char[] alphabet = {'a', 'Z', '0', '_', '-', '.', '.', '#', ' ', 'é', '\n'};
        for (int seed = 0; seed < 50_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(7); left > 0; left--) {
                text.append(alphabet[random.nextInt(random.nextBoolean() ? 6 : alphabet.length)]);
            }
            for (boolean strict : new boolean[] {false, true}) {
                for (MatchPolicy policy : MatchPolicy.values()) {
                    assertThat(WampUri.isValid(text.toString(), strict, policy))
                            .as("seed %d: '%s', strict %s, %s", seed, text, strict, policy)
                            .isEqualTo(expression(strict, policy).matcher(text).matches());
                }
            }
        }
    }

    private static Pattern expression(boolean strict, MatchPolicy policy) {
        String part = strict ? STRICT_PART : LOOSE_PART;
        return Pattern.compile(
                switch (policy) {
                    case EXACT -> "(" + part + "\\.)*(" + part + ")";
                    case PREFIX -> "(" + part + "\\.)*(" + part + ")?";
                    case WILDCARD -> "((" + part + "\\.)|\\.)*(" + part + ")?";
                });
    }
}
