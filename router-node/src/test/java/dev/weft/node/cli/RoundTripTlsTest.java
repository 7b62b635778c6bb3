package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Certificates;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose certificates {@code weft roundtrip} takes. That of the node names {@code router.example}, and not the host of its URL. */
class RoundTripTlsTest {
    @TempDir
    private static Path directory;

    private static String authority;
    private static String stranger;
    private static RoundTripNode node;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        Certificates certificates = new Certificates(directory);
        authority = certificates.authority("ca").toString();
        stranger = certificates.authority("stranger").toString();
        certificates.signed("router", "ca", "-ext", "san=dns:router.example");
        node = RoundTripNode.start("""
                listeners: [{address: "127.0.0.1:0", tls: {certificate: %s, key: %s}}]
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register]}]}]
                """.formatted(certificates.certificate("router"), certificates.key("router")));
        url = node.url("rss");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static int run(String... options) {
        return node.run(
                Stream.concat(Stream.of("roundtrip", url), Stream.of(options)).toArray(String[]::new));
    }

    @Test
    void aCertificateOfTheAuthorityAndOfTheNameIsTaken() {
        assertThat(run("--ca", authority, "--server-name", "router.example"))
                .as(node.err())
                .isZero();
    }

    @Test
    void aCertificateOfAnotherNameIsNot() {
        assertThat(run("--ca", authority, "--server-name", "other.example")).isEqualTo(1);
        assertThat(node.err()).contains(url).contains("other.example");
    }

    @Test
    void aCertificateHasToNameTheHostIfNothingElseIsSaid() {
        assertThat(run("--ca", authority)).isEqualTo(1);
        assertThat(node.err()).contains("IP address 127.0.0.1");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotTaken() {
        assertThat(run("--ca", stranger, "--server-name", "router.example")).isEqualTo(1);
        assertThat(node.err()).contains("no round trip: " + url);
    }

    @Test
    void whomJavaDoesNotTrustIsNotTakenUnlessAllAre() {
        assertThat(run("--server-name", "router.example")).isEqualTo(1);
        assertThat(run("--any-certificate")).as(node.err()).isZero();
    }

    @Test
    void everyCertificateOrThoseOfAnAuthority() {
        assertThat(run("--any-certificate", "--ca", authority)).isEqualTo(2);
        assertThat(node.err()).contains("--any-certificate takes every one");
        assertThat(run("--any-certificate", "--server-name", "router.example")).isEqualTo(2);
        assertThat(node.err()).contains("--any-certificate takes every one");
    }

    @Test
    void anAuthorityThatIsNotThereIsWrongUsage() {
        assertThat(run("--ca", directory.resolve("nothing.crt").toString())).isEqualTo(2);
        assertThat(node.err()).contains("nothing.crt");
    }
}
