package dev.weft.load.compare;

import dev.weft.load.measure.Faults;
import dev.weft.load.report.LoadResult;
import dev.weft.load.report.RunResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is kept of one run.
 *
 * @param cpuMicros the router's, for one operation
 * @param p50Micros latency
 * @param p99Micros latency
 * @param bytesPerSession by which the router's resident memory grew
 * @param faults how many messages failed, were lost, doubled or out of order; empty if none
 * @param toolBusy the share of the time in which the load tool's event loop was on a CPU
 * @param notes of the run
 */
record Outcome(
        double cpuMicros,
        double perSecond,
        double p50Micros,
        double p99Micros,
        double bytesPerSession,
        String faults,
        double toolBusy,
        List<String> notes) {

    private static String faults(LoadResult load) {
        Faults faults = load.faults();
        return Stream.of(
                        named(load.failed(), "failed"),
                        named(faults.lost(), "lost"),
                        named(faults.doubled(), "doubled"),
                        named(faults.outOfOrder(), "out of order"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String named(long count, String what) {
        return count == 0 ? "" : String.format(Locale.ROOT, "%,d %s", count, what);
    }

    /** Of a run with one load. */
    static Outcome of(RunResult run) {
        LoadResult load = run.loads().get(0);
        return new Outcome(
                run.routerMicrosPerOperation(),
                run.perSecond(),
                load.micros(50),
                load.micros(99),
                run.routerBytesPerSession(),
                faults(load),
                run.loopBusy(),
                run.notes());
    }
}
