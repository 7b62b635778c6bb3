package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Certificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process for which the native library is not there, as on Alpine. */
class MissingOpenSslTest {
    private static final String NOT_HERE = "-Dio.netty.handler.ssl.noOpenSsl=true";

    @TempDir
    private Path directory;

    private record Outcome(int status, String output) {}

    @Test
    void whoAsksForItIsToldAndGetsNoOtherEngine() throws Exception {
        String config = config("openssl").toString();
        for (List<String> command : List.of(List.of("check-config", config), List.of("serve", "--config", config))) {
            Outcome outcome = run(command);
            assertThat(outcome.status()).as(outcome.output()).isEqualTo(2);
            assertThat(outcome.output())
                    .contains(
                            "3:17: error: listeners[0].tls.engine: the native library that openssl needs cannot be loaded"
                                    + " here (" + System.getProperty("os.name"))
                    .contains("engine: jdk")
                    .doesNotContain("READY");
        }
    }

    @Test
    void whoDoesNotAskForItDoesNotNeedIt() throws Exception {
        Outcome outcome = run(List.of("check-config", config("jdk").toString()));
        assertThat(outcome.status()).as(outcome.output()).isZero();
    }

    private Path config(String engine) throws Exception {
        Certificates certificates = new Certificates(directory);
        certificates.authority("ca");
        return Files.writeString(
                directory.resolve("weft.yaml"),
                "listeners:\n- address: \"127.0.0.1:0\"\n  tls: {engine: %s, certificate: %s, key: %s}\n"
                        .formatted(engine, certificates.certificate("ca"), certificates.key("ca")));
    }

    private static Outcome run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                NOT_HERE,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), output);
    }
}
