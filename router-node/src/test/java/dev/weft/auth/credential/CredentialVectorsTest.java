package dev.weft.auth.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.auth.credential.ScramCredential.Kdf;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the RFCs and the WAMP specification print as examples. */
class CredentialVectorsTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }

    /** RFC 7914, section 11. */
    @Test
    void pbkdf2MakesTheKeysOfItsTestVectors() {
        byte[] salt = "salt".getBytes(StandardCharsets.UTF_8);
        assertThat(Crypto.pbkdf2("passwd", salt, 1, 64))
                .isEqualTo(hex("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                        + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"));
    }

    /** The tests of the reference implementation, which has one lane in these. */
    @ParameterizedTest
    @CsvSource({
        "2, 65536, password, somesalt, 09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
        "2, 256, password, somesalt, 9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
        "1, 65536, password, somesalt, f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98"
    })
    void argon2idMakesTheKeysOfItsTestVectors(int t, int memory, String password, String salt, String key) {
        assertThat(Crypto.argon2id(password, salt.getBytes(StandardCharsets.UTF_8), t, memory, 32))
                .isEqualTo(hex(key));
    }

    /** RFC 9106, section 5.3: four lanes, a secret and associated data, which WAMP does not use, by what makes ours. */
    @Test
    void theLibraryMakesTheTagOfRfc9106() {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(3)
                .withMemoryAsKB(32)
                .withParallelism(4)
                .withSalt(hex("02".repeat(16)))
                .withSecret(hex("03".repeat(8)))
                .withAdditional(hex("04".repeat(12)))
                .build());
        byte[] tag = new byte[32];
        generator.generateBytes(hex("01".repeat(32)), tag);
        assertThat(tag).isEqualTo(hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
    }

    /** RFC 7677, section 3. */
    @Test
    void scramAcceptsTheProofOfRfc7677AndSignsAsItDoes() {
        ScramCredential credential =
                ScramCredential.of("pencil", Kdf.PBKDF2, 4096, 0, base64("W22ZaJ0SNY7soEsUEjb6gQ=="));
        String message = "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,"
                + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        byte[] proof = base64("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThat(credential.isProvedBy(proof, message)).isTrue();
        assertThat(credential.serverSignature(message))
                .isEqualTo(base64("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
        proof[31] ^= 1;
        assertThat(credential.isProvedBy(proof, message)).isFalse();
    }

    /** RFC 8032, section 7.1: key, message, signature. */
    static List<Arguments> ed25519() {
        return List.of(
                Arguments.of(
                        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                        "",
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
                Arguments.of(
                        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                        "72",
                        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
                Arguments.of(
                        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                        "af82",
                        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"));
    }

    @ParameterizedTest
    @MethodSource("ed25519")
    void signaturesAreThoseOfRfc8032(String secret, String key, String message, String signature) {
        Ed25519Identity identity = Ed25519Identity.parse(secret);
        assertThat(identity.publicKey()).isEqualTo(key);
        assertThat(identity.sign(hex(message))).isEqualTo(hex(signature));
        Ed25519Key known = Ed25519Key.parse(key);
        assertThat(known.isProvedBy(hex(signature), hex(message))).isTrue();
        assertThat(known.isProvedBy(hex(signature), hex(message + "00"))).isFalse();
    }

    /** The WAMP specification, "Cryptosign-based Authentication", test vectors without channel binding. */
    @ParameterizedTest
    @CsvSource({
        "4d57d97a68f555696620a6d849c0ce582568518d729eb753dc7c732de2804510,"
                + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff,"
                + "b32675b221f08593213737bef8240e7c15228b07028e19595294678c90d11c0c"
                + "ae80a357331bfc5cc9fb71081464e6e75013517c2cf067ad566a6b7b728e5d03",
        "d511fe78e23934b3dadb52fcd022974b80bd92bccc7c5cf404e46cc0a8a2f5cd,"
                + "b26c1f87c13fc1da14997f1b5a71995dff8fbe0a62fae8473c7bdbd05bfb607d,"
                + "d4209ad10d5aff6bfbc009d7e924795de138a63515efc7afc6b01b7fe5201372"
                + "190374886a70207b042294af5bd64ce725cd8dceb344e6d11c09d1aaaf4d660f",
        "6e1fde9cf9e2359a87420b65a87dc0c66136e66945196ba2475990d8a0c3a25b,"
                + "b05e6b8ad4d69abf74aa3be3c0ee40ae07d66e1895b9ab09285a2f1192d562d2,"
                + "7beb282184baadd08f166f16dd683b39cab53816ed81e6955def951cb2ddad1e"
                + "c184e206746fd82bda075af03711d3d5658fc84a76196b0fa8d1ebc92ef9f30b"
    })
    void cryptosignAcceptsTheSignaturesOfTheSpecification(String secret, String challenge, String signature) {
        Ed25519Key key = Ed25519Key.parse(Ed25519Identity.parse(secret).publicKey());
        assertThat(key.isProvedBy(hex(signature), hex(challenge))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "0200000000000000000000000000000000000000000000000000000000000000",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751",
                "zz5a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
            })
    void keysOfSmallOrderAndOffTheCurveAreNoKeys(String key) {
        Ed25519Key parsed = Ed25519Key.parse(key);
        boolean offTheCurve = key.startsWith("02");
        assertThat(parsed == null || (offTheCurve && !parsed.isProvedBy(new byte[64], new byte[32])))
                .isTrue();
    }

    /** RFC 4013, section 3. */
    @Test
    void namesAndPasswordsArePreparedAsInRfc4013() {
        assertThat(SaslPrep.prepare("I\u00ADX")).isEqualTo("IX");
        assertThat(SaslPrep.prepare("user")).isEqualTo("user");
        assertThat(SaslPrep.prepare("USER")).isEqualTo("USER");
        assertThat(SaslPrep.prepare("\u00AA")).isEqualTo("a");
        assertThat(SaslPrep.prepare("\u2168")).isEqualTo("IX");
        assertThat(SaslPrep.prepare("a\u00A0b")).isEqualTo("a b");
        assertThatThrownBy(() -> SaslPrep.prepare("\u0007")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SaslPrep.prepare("\u0627\u0031")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void storedCredentialsSurviveBeingWritten() {
        byte[] salt = new byte[16];
        ScramCredential scram = ScramCredential.of("secret", Kdf.ARGON2ID, 1, 8192, salt);
        assertThat(ScramCredential.parse(scram.text()).text()).isEqualTo(scram.text());
        CraCredential cra = CraCredential.of("secret", "salt123", 1000, 32);
        assertThat(CraCredential.parse(cra.text())).isEqualTo(cra);
        TicketCredential.Hashed ticket = TicketCredential.Hashed.of("secret", true, 1, 64, salt);
        assertThat(TicketCredential.parse(ticket.text()).isProvedBy("secret")).isTrue();
        assertThat(TicketCredential.parse(ticket.text()).isProvedBy("secret2")).isFalse();
        TicketCredential.Hashed slow = TicketCredential.Hashed.of("secret", false, 1000, 0, salt);
        assertThat(TicketCredential.parse(slow.text()).isProvedBy("secret")).isTrue();
    }

    @Test
    void credentialsDoNotShowWhatTheyHold() {
        assertThat(List.of(
                        CraCredential.parse("hidden"),
                        TicketCredential.parse("hidden"),
                        ScramCredential.of("hidden", Kdf.PBKDF2, 4096, 0, new byte[8])))
                .allSatisfy(credential -> assertThat(credential).hasToString("***"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$scram$kdf=pbkdf2,i=100$c2FsdHNhbHQ=$AAAA$AAAA",
                "$scram$kdf=pbkdf2,i=4096$c2FsdA==$AAAA$AAAA",
                "$scram$kdf=md5,i=4096$c2FsdHNhbHQ=$AAAA$AAAA",
                "$scram$kdf=argon2id13,i=1,m=1$c2FsdHNhbHQ=$AAAA$AAAA",
                "$scram$kdf=pbkdf2,i=4096$c2FsdHNhbHQ=$AAAA",
                "$scram$i$x",
                "plain",
                "$",
                "$$$$"
            })
    void whatIsNoScramCredentialIsRefusedInWordsThatTellNothingOfIt(String text) {
        assertThatThrownBy(() -> ScramCredential.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("AAAA");
    }
}
