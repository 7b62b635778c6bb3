package dev.weft.load.conformance;

import dev.weft.load.client.Endpoint;
import dev.weft.load.conformance.feature.Feature;
import dev.weft.load.conformance.feature.Features;
import dev.weft.load.conformance.wire.Language;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weft conformance}: judges a router, Weft or any other. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = CompareCommand.class,
        description = {
            "Checks what a WAMP router does against the specification: each feature over each transport and serializer, with the"
                    + " clients on one node or on several. What the router does not announce is not checked.",
            "The exit status is 0 if nothing failed, 1 if something did. docs/conformance.md tells more."
        })
public final class ConformanceCommand implements Callable<Integer> {
    @Option(
            names = "--url",
            paramLabel = "URL[,URL]",
            description = "A node of the router: where it speaks WebSocket, RawSocket, or both, such as"
                    + " ws://127.0.0.1:8080/ws,rs://127.0.0.1:8080. Give it once for each node. Needed.")
    private List<String> urls = List.of();

    @Option(names = "--realm", defaultValue = "realm1", description = "Default: ${DEFAULT-VALUE}.")
    private String realm = "realm1";

    @Option(names = "--serializer", split = ",", description = "Only these: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Language> languages = List.of(Language.values());

    @Option(names = "--only", description = "Only features whose name contains this text.")
    private String only = "";

    @Option(names = "--list", description = "Prints the features and their checks.")
    private boolean list;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all verdicts to this file.")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Feature> features = Features.all().stream()
                .filter(feature -> feature.name().contains(only.toLowerCase(Locale.ROOT)))
                .toList();
        if (features.isEmpty()) {
            throw mistake("no feature's name contains '" + only + "'; --list shows them");
        }
        if (list) {
            list(features, out);
            return 0;
        }
        List<Column> columns = Column.of(nodes(), languages);
        if (columns.isEmpty()) {
            throw mistake("the nodes have no transport in common");
        }
        PrintWriter progress = spec.commandLine().getErr();
        TrialReport report = new TrialReport(new Trial(realm).run(features, columns, column -> {
            progress.println(column);
            progress.flush();
        }));
        report.print(out);
        if (json != null) {
            Files.writeString(json, report.json());
        }
        return report.failed() == 0 ? 0 : 1;
    }

    private List<List<Endpoint>> nodes() {
        if (urls.isEmpty()) {
            throw mistake("--url is needed: " + Endpoint.FORM);
        }
        try {
            return urls.stream()
                    .map(node ->
                            Arrays.stream(node.split(",")).map(Endpoint::parse).toList())
                    .toList();
        } catch (IllegalArgumentException wrong) {
            throw mistake(String.valueOf(wrong.getMessage()));
        }
    }

    private ParameterException mistake(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static void list(List<Feature> features, PrintWriter out) {
        for (Feature feature : features) {
            Feature.Announcement announcement = feature.announcement();
            out.println(feature.name() + (announcement == null ? "" : " (" + announcement + ")"));
            feature.checks().forEach(check -> out.println("    " + check.name()));
        }
        out.flush();
    }
}
