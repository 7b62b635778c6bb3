package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.tls.CertificateFiles;
import dev.weft.tls.TlsMaterial;
import dev.weft.tls.TlsSettings;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, certificates and tokens from the command line. */
class KeygenTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
        return WeftCommand.create((config, source) -> null, Map.of(), console, ListeningNode.class)
                .execute(arguments);
    }

    @Test
    void aClusterKeyIsPrintedOrWrittenToAFileOfTheOwnerAlone() throws Exception {
        assertThat(run("keygen", "cluster")).isZero();
        assertThat(run("keygen", "cluster")).isZero();
        assertThat(out.toString().lines().distinct()).hasSize(2).allMatch(key -> key.matches("[A-Za-z0-9_-]{43}"));

        Path file = directory.resolve("key");
        assertThat(run("keygen", "cluster", "--out", file.toString())).isZero();
        assertThat(Files.readString(file)).matches("[A-Za-z0-9_-]{43}\n");
        assertThat(out.toString()).doesNotContain(Files.readString(file).strip());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void nothingIsWrittenOver() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "precious");
        assertThat(run("keygen", "cluster", "--out", file.toString())).isEqualTo(1);
        assertThat(run("token", "--out", file.toString())).isEqualTo(1);
        assertThat(run("keygen", "cryptosign", "--out", file.toString())).isEqualTo(1);
        assertThat(file).hasContent("precious");
        assertThat(err.toString()).contains("weft token: " + file + " is there already");
    }

    @Test
    void aPairForCryptosignSignsAndVerifies() throws Exception {
        Path file = directory.resolve("alice.key");
        assertThat(run("keygen", "cryptosign", "--out", file.toString())).isZero();
        String seed = Files.readString(file).strip();
        assertThat(out.toString()).doesNotContain(seed);
        byte[] point = HexFormat.of().parseHex(out.toString().strip().replace("public-key: ", ""));

        KeyFactory keys = KeyFactory.getInstance("Ed25519");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.generatePrivate(new EdECPrivateKeySpec(
                NamedParameterSpec.ED25519, HexFormat.of().parseHex(seed))));
        signature.update(point);
        byte[] signed = signature.sign();
        signature.initVerify(keys.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(point))));
        signature.update(point);
        assertThat(signature.verify(signed)).isTrue();
    }

    private static EdECPoint point(byte[] little) {
        byte[] big = new byte[little.length];
        for (int i = 0; i < little.length; i++) {
            big[i] = little[little.length - 1 - i];
        }
        boolean odd = big[0] < 0;
        big[0] &= 0x7F;
        return new EdECPoint(odd, new BigInteger(1, big));
    }

    @Test
    void anAuthoritySignsCertificatesForNamesAndAddresses() throws Exception {
        String ca = directory.resolve("ca").toString();
        String node = directory.resolve("node").toString();
        assertThat(run("keygen", "ca", "--out", ca, "--name", "my ca")).isZero();
        assertThat(run(
                        "keygen",
                        "certificate",
                        "--ca",
                        ca,
                        "--name",
                        "weft-1",
                        "--host",
                        "weft-1.example",
                        "--host",
                        "127.0.0.1",
                        "--host",
                        "::1",
                        "--days",
                        "30",
                        "--out",
                        node))
                .isZero();

        X509Certificate authority = certificate("ca");
        X509Certificate issued = certificate("node");
        issued.verify(authority.getPublicKey());
        assertThat(authority.getBasicConstraints()).isGreaterThanOrEqualTo(0);
        assertThat(issued.getBasicConstraints()).isNegative();
        assertThat(issued.getSubjectX500Principal()).hasToString("CN=weft-1");
        assertThat(issued.getIssuerX500Principal()).hasToString("CN=my ca");
        assertThat(issued.getExtendedKeyUsage()).hasSize(2);
        assertThat(issued.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "weft-1.example"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
        CertificateFiles files = new CertificateFiles(Path.of(node + ".crt"), Path.of(node + ".key"));
        TlsMaterial material = TlsMaterial.read(TlsSettings.mutual("test", files, Path.of(ca + ".crt")), Instant.now());
        material.trustManager().checkServerTrusted(new X509Certificate[] {issued}, "ECDHE_ECDSA");
        material.trustManager().checkClientTrusted(new X509Certificate[] {issued}, "EC");
    }

    @Test
    void withoutAnAuthorityACertificateSignsItself() throws Exception {
        String prefix = directory.resolve("new/tls").toString();
        assertThat(run("keygen", "certificate", "--out", prefix)).isZero();
        CertificateFiles files = new CertificateFiles(Path.of(prefix + ".crt"), Path.of(prefix + ".key"));
        TlsMaterial.read(TlsSettings.server("test", files), Instant.now());
        assertThat(certificate("new/tls").getSubjectAlternativeNames()).containsExactly(List.of(2, "localhost"));
        assertThat(run(
                        "keygen",
                        "certificate",
                        "--ca",
                        prefix,
                        "--out",
                        directory.resolve("x").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is no authority");
    }

    @Test
    void aTokenIsPrinted() {
        assertThat(run("token")).isZero();
        assertThat(run("token", "--bytes", "16")).isZero();
        assertThat(out.toString().lines()).extracting(String::length).containsExactly(43, 22);
        assertThat(run("token", "--bytes", "8")).isEqualTo(2);
    }

    private X509Certificate certificate(String prefix) throws Exception {
        byte[] pem = Files.readAllBytes(directory.resolve(prefix + ".crt"));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }
}
