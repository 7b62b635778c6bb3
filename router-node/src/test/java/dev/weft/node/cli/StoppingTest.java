package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.config.RealmConfig;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real node in a process of its own, told to stop in each way that there is while a call is on its way. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs signals")
class StoppingTest {
    private static final long PATIENCE_SECONDS = 60;
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = LocalPorts.free(1).get(0);
    private final int admin = LocalPorts.free(1).get(0);
    private Process node;
    private TestClient callee;
    private TestClient caller;
    private Invocation invocation;

    @BeforeEach
    void startWithACallOnItsWay() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m", "-Dlogback.configurationFile=logback.xml"));
        if (Runtime.version().feature() >= 24) {
            // As the launcher does: without them Java writes warnings among the log.
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "serve"));
        for (String setting : List.of(
                "listeners.0.address=127.0.0.1:" + port,
                "admin.address=127.0.0.1:" + admin,
                "realms=[{uri: realm1, auth: {methods: [anonymous]}, roles: " + RealmConfig.OPEN_ROLES + "}]",
                "drain.spread=0s",
                "logging.format=json")) {
            command.addAll(List.of("--set", setting));
        }
        node = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(output()).contains("READY "));
        callee = TestClient.join(port, Framing.RAWSOCKET, SerializerId.MSGPACK, "realm1");
        caller = TestClient.join(port, Framing.RAWSOCKET, SerializerId.JSON, "realm1");
        callee.send(new Register(callee.nextRequest(), RegisterOptions.DEFAULT, "com.example.slow"));
        callee.expect(Registered.class);
        caller.send(new Call(caller.nextRequest(), CallOptions.DEFAULT, "com.example.slow", Payload.EMPTY));
        invocation = callee.expect(Invocation.class);
    }

    @AfterEach
    void nothingIsLeftRunning() throws Exception {
        node.destroyForcibly().waitFor();
        callee.close();
        caller.close();
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    private void tell(String way) throws Exception {
        if (way.equals("SIGTERM")) {
            new ProcessBuilder("kill", "-TERM", Long.toString(node.pid()))
                    .start()
                    .waitFor();
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/drain"));
        HttpRequest drain = way.equals("weft drain")
                ? request.POST(BodyPublishers.noBody()).build()
                : request.header("Weft-Drain", "prestop").GET().build();
        assertThat(http.send(drain, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
    }

    private HttpResponse<String> readiness() throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/readyz"))
                        .build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIGTERM", "weft drain", "preStop"})
    void eachWayEndsTheReadinessLetsTheCallFinishAndExitsWith0(String way) throws Exception {
        tell(way);
        await().untilAsserted(() -> assertThat(readiness().body()).contains("the node is leaving"));
        assertThat(node.isAlive()).isTrue();
        callee.send(new Yield(invocation.request(), YieldOptions.DEFAULT, callee.payload("done")));
        assertThat(caller.args(caller.expect(Result.class))).containsExactly("done");
        assertThat(node.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isZero();
        assertThat(output().lines().filter(line -> !line.startsWith("READY ")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("{\"ts\":\"").contains("\"node\":\"weft\""));
    }

    @Test
    void theSecondSignalEndsItAtOnce() throws Exception {
        tell("SIGTERM");
        await().untilAsserted(() -> assertThat(readiness().body()).contains("the node is leaving"));
        assertThat(node.isAlive()).isTrue();
        tell("SIGTERM");
        assertThat(node.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isEqualTo(TERMINATED);
    }

    /** Kubernetes sends it in any case when its hook is through. */
    @Test
    void theFirstSignalAfterThePreStopHookAsksForTheSameAndTheNextOneEndsIt() throws Exception {
        tell("preStop");
        await().untilAsserted(() -> assertThat(readiness().body()).contains("the node is leaving"));
        tell("SIGTERM");
        // One that comes while the first is not taken yet is the same one to the kernel.
        await().untilAsserted(() -> assertThat(output()).contains("told to stop: SIGTERM"));
        assertThat(readiness().body()).contains("the node is leaving");
        assertThat(node.isAlive()).isTrue();
        tell("SIGTERM");
        assertThat(node.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isEqualTo(TERMINATED);
    }

    @Test
    void theConfigurationIsReadAgainAfterSighup() throws Exception {
        new ProcessBuilder("kill", "-HUP", Long.toString(node.pid())).start().waitFor();
        await().untilAsserted(() -> assertThat(output()).contains("configuration read again"));
        assertThat(node.isAlive()).isTrue();
    }
}
