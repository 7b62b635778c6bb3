package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.ConfigLoader;
import dev.weft.config.ConfigReport;
import dev.weft.node.RouterNode;
import dev.weft.node.RunningNode;
import dev.weft.testkit.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose admin port asks for a token and a certificate, and the commands that show them. */
class SecureAdminPortTest {
    private static final String TOKEN = "a token of sixteen or more".replace(' ', '-');

    @TempDir
    private Path directory;

    private final CapturedCommandLine weft = new CapturedCommandLine(Map.of());
    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        Certificates certificates = new Certificates(directory);
        certificates.authority("ca");
        certificates.signed("admin", "ca", "-ext", "san=ip:127.0.0.1");
        certificates.signed("client", "ca");
        Files.writeString(directory.resolve("token"), TOKEN + "\n");
        Files.writeString(directory.resolve("wrong"), TOKEN + "-not\n");
        ConfigReport report = new ConfigLoader(Map.of(), List.of()).loadText("test", """
                        listeners: [{address: "127.0.0.1:0"}]
                        admin:
                          address: "127.0.0.1:0"
                          token-file: %1$s/token
                          tls: {certificate: %1$s/admin.crt, key: %1$s/admin.key, trust: [%1$s/ca.crt], client-auth: require}
                        drain: {spread: 0s}
                        """.formatted(directory));
        node = RouterNode.start(report.config()
                .orElseThrow(() -> new AssertionError(report.problems().toString())));
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.stop();
        }
    }

    private int run(String token, boolean certified, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--admin=https://" + node.adminAddress().orElseThrow());
        arguments.add("--admin-ca=" + directory.resolve("ca.crt"));
        arguments.add("--admin-token-file=" + directory.resolve(token));
        if (certified) {
            arguments.add("--admin-certificate=" + directory.resolve("client.crt"));
            arguments.add("--admin-key=" + directory.resolve("client.key"));
        }
        return weft.run(arguments.toArray(String[]::new));
    }

    @Test
    void whoShowsBothIsAnswered() {
        assertThat(run("token", true, "status")).as(weft.err()).isZero();
        assertThat(weft.out()).contains("uptime seconds");
    }

    @Test
    void whoShowsAnotherTokenIsRefused() {
        assertThat(run("wrong", true, "status")).isNotZero();
        assertThat(weft.out()).isEmpty();
        assertThat(weft.err()).doesNotContain(TOKEN);
    }

    @Test
    void whoShowsNoCertificateGetsNoAnswer() {
        assertThat(run("token", false, "status")).isNotZero();
        assertThat(weft.out()).isEmpty();
    }
}
