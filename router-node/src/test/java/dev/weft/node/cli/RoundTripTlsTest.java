package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.ConfigLoader;
import dev.weft.config.NodeConfig;
import dev.weft.node.BoundListener;
import dev.weft.node.NodeStartException;
import dev.weft.node.RouterNode;
import dev.weft.node.RunningNode;
import dev.weft.testkit.Certificates;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    private static RunningNode node;
    private static String url;

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        Certificates certificates = new Certificates(directory);
        authority = certificates.authority("ca").toString();
        stranger = certificates.authority("stranger").toString();
        certificates.signed("router", "ca", "-ext", "san=dns:router.example");
        NodeConfig config = new ConfigLoader(Map.of(), List.of())
                .loadText("test", """
                        listeners: [{address: "127.0.0.1:0", tls: {certificate: %s, key: %s}}]
                        realms:
                          - uri: realm1
                            auth: {methods: [anonymous]}
                            roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register]}]}]
                        """.formatted(certificates.certificate("router"), certificates.key("router")))
                .config()
                .orElseThrow();
        node = RouterNode.start(config);
        url = node.addresses().stream()
                .map(BoundListener::urls)
                .flatMap(List::stream)
                .filter(one -> one.startsWith("rss:"))
                .findFirst()
                .orElseThrow();
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    private int run(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "roundtrip";
        arguments[1] = url;
        System.arraycopy(options, 0, arguments, 2, options.length);
        return WeftCommand.create(
                        (config, source) -> {
                            throw new NodeStartException("not here");
                        },
                        Map.of(),
                        new Console(new PrintWriter(new StringWriter()), new PrintWriter(err, true)),
                        ListeningNode.class)
                .execute(arguments);
    }

    @Test
    void aCertificateOfTheAuthorityAndOfTheNameIsTaken() {
        assertThat(run("--ca", authority, "--server-name", "router.example"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void aCertificateOfAnotherNameIsNot() {
        assertThat(run("--ca", authority, "--server-name", "other.example")).isEqualTo(1);
        assertThat(err.toString()).contains(url).contains("other.example");
    }

    @Test
    void aCertificateHasToNameTheHostIfNothingElseIsSaid() {
        assertThat(run("--ca", authority)).isEqualTo(1);
        assertThat(err.toString()).contains("127.0.0.1");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotTaken() {
        assertThat(run("--ca", stranger, "--server-name", "router.example")).isEqualTo(1);
        assertThat(err.toString()).contains("no round trip: " + url);
    }

    @Test
    void whomJavaDoesNotTrustIsNotTakenUnlessAllAre() {
        assertThat(run("--server-name", "router.example")).isEqualTo(1);
        assertThat(run("--any-certificate")).as(err.toString()).isZero();
    }

    @Test
    void everyCertificateOrThoseOfAnAuthority() {
        assertThat(run("--any-certificate", "--ca", authority)).isEqualTo(2);
        assertThat(run("--any-certificate", "--server-name", "router.example")).isEqualTo(2);
        assertThat(err.toString()).contains("--any-certificate takes every one");
    }

    @Test
    void anAuthorityThatIsNotThereIsWrongUsage() {
        assertThat(run("--ca", directory.resolve("nothing.crt").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("nothing.crt");
    }
}
