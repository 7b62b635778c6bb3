package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.load.conformance.ConformanceCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Weft itself, on three nodes, before the suite that judges any router. */
@Tag("cluster")
class ConformanceTest {
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyFeatureHoldsOverEachTransportAndSerializerWhereverTheClientsAre(@TempDir Path directory)
            throws Exception {
        StringWriter out = new StringWriter();
        int status;
        try (ThreeNodes nodes = ThreeNodes.start(directory)) {
            status = new CommandLine(new ConformanceCommand())
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(new StringWriter()))
                    .execute("--url", doors(nodes, 0), "--url", doors(nodes, 1), "--url", doors(nodes, 2));
        }
        assertThat(status).as(out.toString()).isZero();
    }

    private static String doors(ThreeNodes nodes, int node) {
        return "rs://127.0.0.1:%1$d,ws://127.0.0.1:%1$d/ws".formatted(nodes.port(node));
    }
}
