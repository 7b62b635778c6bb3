package dev.weft.node.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows, again and again, what a node does and which of its clients stand out. */
@Command(
        name = "top",
        description = "Watch a node: what goes through it, and the clients that stand out.",
        footer = {
            "",
            "Ends with Ctrl-C, or after --count rounds.",
            "Examples:",
            "  weft top",
            "  weft top --sort messages_in --rows 5 --admin 127.0.0.1:8181",
            "  weft top --count 1 --json"
        })
final class TopCommand implements Callable<Integer> {
    private static final String CLEAR = "\u001b[H\u001b[2J";

    /** Counters of which the rate is shown, and what it is called. */
    private static final Map<String, String> RATES = rates();

    private final Map<String, String> environment;
    private final Console console;
    private Map<?, ?> before = Map.of();
    private long asked;

    @Mixin
    private AdminOptions options = new AdminOptions();

    @Option(names = "--interval", paramLabel = "SECONDS", defaultValue = "2", description = "Default: 2.")
    private int interval = 2;

    @Option(names = "--count", paramLabel = "ROUNDS", defaultValue = "0", description = "Default: no end.")
    private int count;

    @Option(
            names = "--sort",
            paramLabel = "COLUMN",
            defaultValue = "pending_bytes",
            description = "A column of the connections, such as messages_in. Default: pending_bytes.")
    private String sort = "pending_bytes";

    @Option(names = "--rows", paramLabel = "N", defaultValue = "15", description = "Default: 15.")
    private int rows = 15;

    TopCommand(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    private static Map<String, String> rates() {
        Map<String, String> rates = new LinkedHashMap<>();
        rates.put("messages_received", "messages in");
        rates.put("messages_sent", "messages out");
        rates.put("bytes_received", "bytes in");
        rates.put("bytes_sent", "bytes out");
        rates.put("connections_accepted", "connections");
        rates.put("cpu_seconds", "CPUs");
        return rates;
    }

    @Override
    public Integer call() throws InterruptedException {
        int status = ExitStatus.OK;
        for (int round = 1; status == ExitStatus.OK && (count == 0 || round <= count); round++) {
            if (round > 1) {
                TimeUnit.SECONDS.sleep(interval);
            }
            status = round();
        }
        return status;
    }

    private int round() {
        AdminCall call = new AdminCall(options, environment, console);
        int status = call.get("/varz", (json, out) -> {
            if (System.console() != null) {
                out.print(CLEAR);
            }
            figures(json, out);
            return ExitStatus.OK;
        });
        if (status != ExitStatus.OK) {
            return status;
        }
        return call.get("/connz?limit=" + rows + "&sort=" + sort, (json, out) -> {
            List<?> connections = AdminCall.list(json, "rows");
            out.println(json.get("total") + " connections, by " + sort);
            if (!connections.isEmpty()) {
                TextTable.lines(connections).forEach(out::println);
            }
            out.println();
            out.flush();
            return ExitStatus.OK;
        });
    }

    private void figures(Map<?, ?> now, PrintWriter out) {
        long at = System.nanoTime();
        double seconds = (at - asked) / (double) Duration.ofSeconds(1).toNanos();
        out.println(now.get("node") + " " + now.get("state") + ", up " + now.get("uptime_seconds") + " s, heap "
                + now.get("heap_used_bytes") + " of " + now.get("heap_max_bytes") + " bytes, "
                + now.get("stalled_connections") + " stalled, " + now.get("outbound_queue_bytes")
                + " bytes wait for them");
        if (!before.isEmpty()) {
            StringBuilder line = new StringBuilder("per second:");
            RATES.forEach((key, name) -> line.append(String.format(
                    Locale.ROOT, "  %s %,.1f", name, (number(now, key) - number(before, key)) / seconds)));
            out.println(line);
        }
        before = now;
        asked = at;
    }

    private static double number(Map<?, ?> figures, String key) {
        return figures.get(key) instanceof Number number ? number.doubleValue() : 0;
    }
}
