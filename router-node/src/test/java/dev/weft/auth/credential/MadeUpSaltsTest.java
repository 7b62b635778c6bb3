package dev.weft.auth.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The salts of names that nobody has are written as those of principals are. */
class MadeUpSaltsTest {
    private static final int NAMES = 300;

    private static byte[] seed(int name) {
        return Crypto.sha256(Crypto.utf8("name " + name));
    }

    private static List<String> madeUpFor(String salt) {
        CraCredential principal = new CraCredential("a2V5", salt, 1000, 32);
        return IntStream.range(0, NAMES)
                .mapToObj(name -> principal.decoy(seed(name)).salt())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "MDEyMzQ1Njc4OWFiY2RlZg==, [A-Za-z0-9]{21}[AQgw]==, base64 of 16 octets",
        "MDEyMzQ1Njc4/+FiY2RlZg==, (?=.*[+/])[A-Za-z0-9+/]{21}[AQgw]==, base64 with its own characters",
        "MDEyMzQ1Njc4/+FiY2RlZg, (?=.*[+/])[A-Za-z0-9+/]{21}[AQgw], without padding",
        "MDEyMzQ1Njc4_-FiY2RlZg, (?=.*[-_])[A-Za-z0-9_-]{21}[AQgw], for URLs",
        "MDEyMzQ1Njc4_-FiY2RlZg==, (?=.*[-_])[A-Za-z0-9_-]{21}[AQgw]==, for URLs with padding",
        "MDEyMzQ1Njc4OWFiY2RlZjA=, [A-Za-z0-9]{22}[AEIMQUYcgkosw048]=, base64 of 17 octets",
        "MDEyMzQ1Njc4OWFiY2RlZjAx, [A-Za-z0-9]{24}, base64 of 18 octets",
        "MDEyMzQ1Njc4OWFiY2RlZz, [A-Za-z0-9]{21}[^AQgw], drawn from letters and digits",
        "00112233445566778899aabbccddeeff, (?=.*[a-f])[0-9a-f]{32}, hexadecimal",
        "00112233445566778899AABBCCDDEEFF, (?=.*[A-F])[0-9A-F]{32}, hexadecimal in capitals",
        "0123456789, [0-9]{10}, decimal",
        "salt123, (?=.*[g-z])[0-9a-z]{7}, lower case",
        "550e8400-e29b-41d4-a716-446655440000, [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}, a UUID",
        "Salt of Alice!, [A-Za-z0-9]{4} [A-Za-z0-9]{2} [A-Za-z0-9]{5}!, words",
    })
    void theyLookLikeTheSaltOfThePrincipal(String salt, String form) {
        assertThat(salt).matches(form);
        assertThat(madeUpFor(salt)).allMatch(text -> text.matches(form)).doesNotHaveDuplicates();
    }

    @Test
    void eachCharacterIsAsFrequentAsAnyOther() {
        Map<Character, Long> counts = madeUpFor("MDEyMzQ1Njc4OWFiY2RlZjAx").stream()
                .flatMap(salt -> salt.chars().mapToObj(c -> (char) c))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        double expected = NAMES * 24 / 62.0;
        assertThat(counts).hasSize(62);
        assertThat(counts.values()).allMatch(count -> count > expected / 2 && count < expected * 2);
    }

    @Test
    void evenTheShortestSaltsAndStrangeOnesHaveSome() {
        for (String salt : List.of("a", "+", "=", "==", "===", "\u00e9\ud83d\ude00", "-", "_a", "Aa")) {
            List<String> madeUp = madeUpFor(salt);
            assertThat(madeUp).allMatch(text -> text.length() == salt.length());
            assertThat(madeUp.get(0)).isEqualTo(madeUpFor(salt).get(0));
        }
        assertThat(madeUpFor("")).containsOnly("");
    }

    private static List<byte[]> madeUpFor(byte[] salt) {
        ScramCredential principal =
                new ScramCredential(ScramCredential.Kdf.PBKDF2, 4096, 0, salt, new byte[32], new byte[32]);
        return IntStream.range(0, NAMES)
                .mapToObj(name -> principal.decoy(seed(name)).salt())
                .toList();
    }

    @Test
    void thoseOfScramAreAsManyOctets() {
        byte[] drawn = Base64.getDecoder().decode("//79/Pv6+fj39vX08/Lx8A==");
        assertThat(madeUpFor(drawn)).allMatch(salt -> salt.length == drawn.length);
        assertThat(madeUpFor(drawn).stream().map(Crypto::base64)).doesNotHaveDuplicates();
    }

    @Test
    void thoseOfScramThatAreTextStayText() {
        byte[] text = "00112233445566ff".getBytes(StandardCharsets.US_ASCII);
        assertThat(madeUpFor(text))
                .allMatch(salt -> new String(salt, StandardCharsets.US_ASCII).matches("[0-9a-f]{16}"));
    }
}
