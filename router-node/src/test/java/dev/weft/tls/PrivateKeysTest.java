package dev.weft.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.testkit.Certificates;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms in which private keys come. */
class PrivateKeysTest {
    /** Before the key itself in PKCS #8: the lengths, the version, the algorithm. */
    private static final int BEFORE_RSA_2048 = 26;

    private static final int BEFORE_EC_P256 = 28;

    @TempDir
    private Path directory;

    @Test
    void keysInPkcs8AndAsOpensslWritesThemAreRead() throws Exception {
        SelfSignedCertificate rsa = SelfSignedCertificate.create("rsa.example");
        Path rsaCertificate = Path.of(rsa.certificatePath());
        read(rsaCertificate, Path.of(rsa.privateKeyPath()));
        read(rsaCertificate, rewritten(Path.of(rsa.privateKeyPath()), "RSA PRIVATE KEY", BEFORE_RSA_2048));
        rsa.delete();

        Certificates certificates = new Certificates(directory);
        certificates.authority("ec");
        read(certificates.certificate("ec"), certificates.key("ec"));
        read(certificates.certificate("ec"), rewritten(certificates.key("ec"), "EC PRIVATE KEY", BEFORE_EC_P256));
    }

    @Test
    void aKeyOfAnotherKindOrWithAPassphraseIsTold() throws Exception {
        SelfSignedCertificate rsa = SelfSignedCertificate.create("rsa.example");
        Certificates certificates = new Certificates(directory);
        certificates.authority("ec");
        assertThatThrownBy(() -> read(Path.of(rsa.certificatePath()), certificates.key("ec")))
                .isInstanceOf(TlsProblem.class)
                .hasMessageContaining("has no RSA key, which the certificate is for");
        rsa.delete();
        Path locked = Files.writeString(
                directory.resolve("locked.key"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertThatThrownBy(() -> read(certificates.certificate("ec"), locked))
                .hasMessageContaining("has a key with a passphrase");
    }

    private static void read(Path certificate, Path key) throws TlsProblem {
        TlsSettings settings = TlsSettings.server("test", new CertificateFiles(certificate, key));
        assertThat(TlsMaterial.read(settings, Instant.now()).identities()).hasSize(1);
    }

    private Path rewritten(Path pkcs8, String label, int from) throws Exception {
        String text = Files.readString(pkcs8);
        byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[^-]+-----", ""));
        String inner =
                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(Arrays.copyOfRange(der, from, der.length));
        return Files.writeString(
                directory.resolve(label.replace(' ', '-') + ".pem"),
                "-----BEGIN " + label + "-----\n" + inner + "\n-----END " + label + "-----\n");
    }
}
