package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.load.client.Endpoint;
import dev.weft.load.conformance.ConformanceCommand;
import dev.weft.load.conformance.feature.Feature;
import dev.weft.load.conformance.feature.Features;
import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Language;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Weft itself, on three nodes, before the suite that judges any router. */
@Tag("cluster")
class ConformanceTest {
    /** What holds is asked, not how fast: the compiler that optimizes would take most of the processors. */
    private static final String QUICKLY_COMPILED = "-XX:TieredStopAtLevel=1";

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyFeatureHoldsOverEachTransportAndSerializerWhereverTheClientsAre(@TempDir Path directory)
            throws Exception {
        StringWriter out = new StringWriter();
        int status;
        try (ThreeNodes nodes = ThreeNodes.start(directory, ThreeNodes.NODES, QUICKLY_COMPILED)) {
            everythingThatIsAnnouncedIsChecked(nodes);
            status = new CommandLine(new ConformanceCommand())
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(new StringWriter()))
                    .execute("--url", doors(nodes, 0), "--url", doors(nodes, 1), "--url", doors(nodes, 2));
        }
        assertThat(status).as(out.toString()).isZero();
    }

    /** The realm of these nodes has all that a realm can have; the session meta API is announced by both roles. */
    private static void everythingThatIsAnnouncedIsChecked(ThreeNodes nodes) throws Exception {
        Set<String> checked = Features.all().stream()
                .map(Feature::announcement)
                .filter(Objects::nonNull)
                .map(Feature.Announcement::flag)
                .collect(Collectors.toSet());
        Endpoint endpoint = Endpoint.parse("rs://127.0.0.1:" + nodes.port(0));
        try (Client client = Client.connect(endpoint, Language.JSON).join("realm1")) {
            Map<?, ?> roles = (Map<?, ?>) client.details().get("roles");
            for (Object role : roles.values()) {
                Map<?, ?> features = (Map<?, ?>) ((Map<?, ?>) role).get("features");
                assertThat(features.keySet())
                        .allSatisfy(flag -> assertThat(checked).contains((String) flag));
            }
        }
    }

    private static String doors(ThreeNodes nodes, int node) {
        return "rs://127.0.0.1:%1$d,ws://127.0.0.1:%1$d/ws".formatted(nodes.port(node));
    }
}
