package dev.weft.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.auth.credential.CraCredential;
import dev.weft.config.ConfigLoader;
import dev.weft.config.ConfigProblem;
import dev.weft.config.ConfigReport;
import dev.weft.transport.PeerCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While the key of a cluster is changed its nodes have different keys, and show the same salts if they are told to. */
class KeyInChangeTest {
    private static final String OLD = "the old key of the cluster";
    private static final String NEW = "the new key of the cluster";
    private static final String SECRET = "authentication: {secret: '" + OLD + "'}\n";

    @TempDir
    private Path directory;

    @BeforeEach
    void principals() throws IOException {
        Files.writeString(
                directory.resolve("principals.yaml"),
                "principals: [{authid: alice, role: user, wampcra: '"
                        + CraCredential.of("secret", "MDEyMzQ1Njc4OWFiY2RlZg==", 1000, 32)
                                .text() + "'}]");
    }

    private ConfigReport load(String key, String previous, String more) {
        return new ConfigLoader(Map.of(), List.of()).loadText("f.yaml", """
                realms:
                - {uri: realm1, roles: [{name: user}], auth: {methods: [wampcra], principals: ['%s']}}
                cluster:
                  enabled: true
                  key: %s
                  previous-keys: [%s]
                  discovery: {type: static, members: ['127.0.0.1:5701']}
                %s
                """.formatted(
                directory.resolve("principals.yaml"), key, previous.isEmpty() ? "" : "{key: " + previous + "}", more));
    }

    private Object saltOfNobody(String key, String previous, String more) {
        ConfigReport report = load(key, previous, more);
        ProcedureCaller nobody = (realm, procedure, args, timeout) -> new CompletableFuture<>();
        PeerCredentials peer = new PeerCredentials("127.0.0.1", true, false, List.of(), null, null, null);
        AuthRequest request = new AuthRequest("realm1", 1, List.of("wampcra"), "nobody", Map.of(), peer);
        try (Authentication node = new Authentication(report.config().orElseThrow(), Map.of(), nobody)) {
            AuthStep step =
                    node.of("realm1").begin(request).toCompletableFuture().join();
            return ((AuthStep.Challenged) step).extra().get("salt");
        }
    }

    @Test
    void theOldKeyAsTheSecretOfAuthenticationKeepsMadeUpSaltsTheSame() {
        Stream<Object> salts = Stream.of(
                saltOfNobody(OLD, "", ""),
                saltOfNobody(OLD, NEW, SECRET),
                saltOfNobody(NEW, OLD, SECRET),
                saltOfNobody(NEW, "", SECRET));
        assertThat(salts.distinct()).hasSize(1);
    }

    @Test
    void withoutItTheyDiffer() {
        assertThat(saltOfNobody(NEW, OLD, "")).isNotEqualTo(saltOfNobody(OLD, NEW, ""));
    }

    private List<String> warnings(String previous, String more) {
        return load(OLD, previous, more).problems().stream()
                .map(ConfigProblem::toString)
                .toList();
    }

    @Test
    void thatIsWarnedAbout() {
        assertThat(warnings(NEW, ""))
                .singleElement()
                .asString()
                .startsWith("f.yaml:4:3: warning: authentication.secret: not set while cluster.key is changed");
        assertThat(warnings(NEW, SECRET)).isEmpty();
        assertThat(warnings("", "")).isEmpty();
    }
}
