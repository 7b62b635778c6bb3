package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.Crypto;
import dev.weft.config.ConfigLoader;
import dev.weft.config.ConfigReport;
import dev.weft.config.NodeConfig;
import dev.weft.config.PrincipalConfig;
import dev.weft.config.PrincipalsReader;
import dev.weft.node.RouterNode;
import dev.weft.node.RunningNode;
import dev.weft.testkit.TlsClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code weft up --secure} writes is a cluster that starts, and that others can copy from. */
class SecureClusterTest {
    @TempDir
    private Path directory;

    @Test
    void itsNodesBecomeOneClusterAndSpeakTls() throws Exception {
        List<LocalNodePlan> plans = plans();
        SecureCluster cluster = new SecureCluster(directory);
        cluster.write(plans);
        CompletableFuture<RunningNode> first = started(cluster, plans.get(0), plans);
        CompletableFuture<RunningNode> second = started(cluster, plans.get(1), plans);
        try {
            assertThat(first.get().members()).contains("node-1");
            assertThat(second.get().members()).contains("node-2");
            assertThat(Stream.of(first.get(), second.get())
                            .map(node -> node.members().size()))
                    .contains(2);
            assertThat(TlsClients.nobody().shown(plans.get(0).clientPort(), "localhost"))
                    .isEqualTo("CN=localhost");
        } finally {
            first.thenAccept(RunningNode::stop).join();
            second.thenAccept(RunningNode::stop).join();
        }
    }

    private CompletableFuture<RunningNode> started(SecureCluster cluster, LocalNodePlan plan, List<LocalNodePlan> all)
            throws Exception {
        NodeConfig config = config(cluster, plan, all);
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return RouterNode.start(config);
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                task -> new Thread(task).start());
    }

    private NodeConfig config(SecureCluster cluster, LocalNodePlan plan, List<LocalNodePlan> all) throws Exception {
        Path file = Files.writeString(
                directory.resolve(plan.name() + ".yaml"), cluster.configuration(plan, "up-test", all));
        ConfigReport report = new ConfigLoader(Map.of(), List.of()).loadFile(file);
        assertThat(report.problems()).isEmpty();
        return report.config().orElseThrow();
    }

    @Test
    void itsSecretsAreReadableByTheirOwnerOnlyAndPasswordsAreInNoFile() throws Exception {
        SecureCluster cluster = new SecureCluster(directory);
        cluster.write(plans());
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (!file.toString().endsWith(".crt")) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as("%s", file)
                            .isEqualTo("rw-------");
                }
                for (SecureCluster.User user : cluster.users()) {
                    assertThat(Files.readString(file)).doesNotContain(user.password());
                }
            }
        }
        List<PrincipalConfig> principals = new PrincipalsReader(Map.of())
                .read("realm1", List.of(directory.resolve("principals.yaml")))
                .principals();
        assertThat(principals).extracting(PrincipalConfig::authid).containsExactly("alice", "bob");
        CraCredential stored = CraCredential.parse(principals.get(1).wampcra().reveal());
        CraCredential client = CraCredential.of(
                cluster.users().get(1).password(), stored.salt(), stored.iterations(), stored.length());
        assertThat(stored.salt()).matches("[A-Za-z0-9_-]{21}[AQgw]");
        assertThat(IntStream.range(0, 50)
                        .mapToObj(name -> stored.decoy(new byte[] {(byte) name}).salt()))
                .allMatch(salt -> salt.matches("[A-Za-z0-9_-]{21}[AQgw]"));
        String signed = Crypto.base64(Crypto.hmac(Crypto.utf8(client.key()), "challenge"));
        assertThat(stored.isProvedBy(signed, "challenge")).isTrue();
        assertThat(cluster.describe()).contains(cluster.users().get(0).password());
    }

    private static List<LocalNodePlan> plans() {
        return LocalNodePlan.forNodes(2, LocalPorts.free(1).get(0));
    }
}
