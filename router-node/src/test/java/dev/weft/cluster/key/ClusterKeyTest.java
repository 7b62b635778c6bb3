package dev.weft.cluster.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is derived of a cluster's key, and values sealed with it. */
class ClusterKeyTest {
    private static final String SECRET = "a secret of some length";
    private static final byte[] VALUE = "a value".getBytes(StandardCharsets.UTF_8);

    private final ValueSeal seal = seal(SECRET);

    /** RFC 5869, test cases 1 and 3. */
    @Test
    void hkdfGivesWhatItsStandardSays() {
        byte[] material = HexFormat.of().parseHex("0b".repeat(22));
        byte[] extracted = Hkdf.extract(HexFormat.of().parseHex("000102030405060708090a0b0c"), material);
        assertThat(HexFormat.of().formatHex(extracted))
                .isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        assertThat(HexFormat.of()
                        .formatHex(Hkdf.expand(extracted, HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9"), 42)))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
        assertThat(HexFormat.of().formatHex(Hkdf.expand(Hkdf.extract(new byte[0], material), new byte[0], 42)))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    @Test
    void eachPurposeEachClusterAndEachSecretHasItsOwnKey() {
        ClusterKey key = new ClusterKey(SECRET, "one");
        assertThat(key.derive("links")).isEqualTo(new ClusterKey(SECRET, "one").derive("links"));
        assertThat(key.derive("links")).isNotEqualTo(key.derive("values"));
        assertThat(key.derive("links")).isNotEqualTo(new ClusterKey(SECRET, "two").derive("links"));
        assertThat(key.derive("links")).isNotEqualTo(new ClusterKey("another secret", "one").derive("links"));
        assertThat(key.toString()).doesNotContain(SECRET);
    }

    @Test
    void aSealedValueIsOpenedWhereItWasSealedFor() {
        byte[] sealed = seal.seal(VALUE, "retained/com.example.topic");
        assertThat(sealed).hasSize(VALUE.length + ValueSeal.OVERHEAD);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("a value");
        assertThat(seal.open(sealed, "retained/com.example.topic")).isEqualTo(VALUE);
        assertThat(seal.open(sealed, "retained/com.example.other")).isNull();
        assertThat(seal.seal(VALUE, "x")).isNotEqualTo(seal.seal(VALUE, "x"));
    }

    @Test
    void whateverIsChangedInASealedValueIsNoticed() {
        byte[] sealed = seal.seal(VALUE, "x");
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(seal.open(changed, "x")).as("octet %d", i).isNull();
        }
        assertThat(seal.open(Arrays.copyOf(sealed, sealed.length - 1), "x")).isNull();
        assertThat(seal.open(new byte[0], "x")).isNull();
        assertThat(seal("another secret of some length").open(sealed, "x")).isNull();
    }

    @Test
    void aValueOfAPreviousKeyIsOpenedAndNewOnesAreSealedWithTheCurrent() {
        byte[] before = seal.seal(VALUE, "x");
        ValueSeal changed = seal("the secret after that", SECRET);
        assertThat(changed.open(before, "x")).isEqualTo(VALUE);
        byte[] after = changed.seal(VALUE, "x");
        assertThat(seal.open(after, "x")).isNull();
        assertThat(seal("the secret after that").open(after, "x")).isEqualTo(VALUE);
    }

    private static ValueSeal seal(String secret, String... previous) {
        return new ValueSeal(new ClusterKeys(
                new ClusterKey(secret, "test"),
                List.of(previous).stream()
                        .map(key -> new ClusterKey(key, "test"))
                        .toList()));
    }
}
