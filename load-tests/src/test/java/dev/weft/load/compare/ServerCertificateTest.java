package dev.weft.load.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.ConfigLoader;
import dev.weft.config.RealmConfig;
import dev.weft.load.client.Endpoint;
import dev.weft.load.report.RunResult;
import dev.weft.load.scenario.Scenario;
import dev.weft.load.scenario.ScenarioFile;
import dev.weft.load.work.LoadRun;
import dev.weft.node.RouterNode;
import dev.weft.node.RunningNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
    @TempDir
    private Path directory;

    @Test
    void aRouterSpeaksTlsWithItAndTheToolSpeaksTlsWithTheRouter() throws Exception {
        Workshop workshop = new Workshop(directory, directory);
        ServerCertificate certificate = ServerCertificate.in(workshop);
        assertThat(ServerCertificate.in(workshop)).isEqualTo(certificate);
        String tls = "tls: {certificate: " + certificate.certificate() + ", key: " + certificate.key() + "}";
        RunningNode node = RouterNode.start(new ConfigLoader(Map.of(), List.of())
                .loadText(
                        "test",
                        "listeners: [{address: \"127.0.0.1:0\", " + tls + "}]\n"
                                + "realms: [{uri: realm1, auth: {methods: [anonymous]}, roles: "
                                + RealmConfig.OPEN_ROLES + "}]\n")
                .config()
                .orElseThrow());
        try {
            List<Endpoint> both =
                    node.addresses().get(0).urls().stream().map(Endpoint::parse).toList();
            assertThat(both).allMatch(Endpoint::tls).hasSize(2);
            Scenario scenario = ScenarioFile.parse("test", """
                    warmup: 0s
                    duration: 300ms
                    load: [{type: rpc, callers: 2, callees: 2, payload: [100, 20000]}]
                    """).at(both, List.of());
            RunResult result = new LoadRun(scenario, List.of(), sample -> {}).run();
            assertThat(result.operations()).isPositive();
            assertThat(result.isClean()).isTrue();
        } finally {
            node.stop();
        }
    }
}
