package dev.weft.load.report;

import java.util.Locale;

/** A result as a table for people. */
public final class TextReport {
    private static final double MEBI = 1 << 20;

    /** Fewer sessions say nothing about the memory of one. */
    private static final long A_CROWD = 1_000;

    private final StringBuilder text = new StringBuilder();
    private final RunResult result;

    private TextReport(RunResult result) {
        this.result = result;
    }

    public static String of(RunResult result) {
        return new TextReport(result).write();
    }

    private String write() {
        line("%s: %.1f s, %,d sessions", result.scenario().name(), result.seconds(), result.sessions());
        line("");
        line(
                "%-18s %12s %12s %9s %9s %9s %9s %9s",
                "", "operations", "per second", "p50 µs", "p90", "p99", "p99.9", "max");
        result.loads().forEach(this::latencies);
        line("");
        line("%-18s %9s %9s %9s %13s %9s", "", "failed", "lost", "doubled", "out of order", "not sent");
        result.loads().forEach(this::faults);
        line("");
        router();
        tool();
        result.notes().forEach(note -> line("note: %s", note));
        return text.toString();
    }

    private void latencies(LoadResult load) {
        line(
                "%-18s %,12d %,12.0f %,9.0f %,9.0f %,9.0f %,9.0f %,9.0f",
                load.operation(),
                load.operations(),
                load.operations() / result.seconds(),
                load.micros(50),
                load.micros(90),
                load.micros(99),
                load.micros(99.9),
                load.micros(100));
    }

    private void faults(LoadResult load) {
        line(
                "%-18s %,9d %,9d %,9d %,13d %,9d",
                load.operation(),
                load.failed(),
                load.faults().lost(),
                load.faults().doubled(),
                load.faults().outOfOrder(),
                load.notSent());
    }

    private void router() {
        if (result.router().isEmpty()) {
            line("router   not on this machine, or somebody else's: its CPU time is not known (--pid)");
            return;
        }
        RouterUse use = result.router().get();
        line(
                "router   CPU %s, %.2f CPUs; memory %.1f MiB (%+.1f while it counted)%s",
                each(use.cpuMicros()),
                use.cpuMicros() * 1e3 / result.nanos(),
                use.bytesAtEnd() / MEBI,
                (use.bytesAtEnd() - use.bytesAtStart()) / MEBI,
                result.sessions() < A_CROWD
                        ? ""
                        : String.format(Locale.ROOT, ", %,.0f bytes per session", result.routerBytesPerSession()));
    }

    private void tool() {
        line(
                "tool     CPU %s, %.2f CPUs; its event loop was busy for %.0f %% of the time%s",
                each(result.toolCpuMicros()),
                result.toolCpuMicros() * 1e3 / result.nanos(),
                result.loopBusy() * 100,
                result.isToolTheLimit() ? ": IT IS THE LIMIT, throughput and latency are the tool's" : "");
        for (LoadResult load : result.loads()) {
            if (load.lateness().getTotalCount() > 0) {
                line(
                        "         sent later than intended (which counts as latency): p50 %,.0f µs, p99 %,.0f, max %,.0f",
                        load.lateness().getValueAtPercentile(50) / 1e3,
                        load.lateness().getValueAtPercentile(99) / 1e3,
                        load.lateness().getMaxValue() / 1e3);
            }
        }
        double operations = Math.max(1, result.operations());
        line(
                "wire     %,.0f octets sent and %,.0f received for each operation",
                result.octetsSent() / operations, result.octetsReceived() / operations);
    }

    private String each(long cpuMicros) {
        return result.operations() == 0
                ? String.format(Locale.ROOT, "%,d µs", cpuMicros)
                : String.format(Locale.ROOT, "%.3f µs each", (double) cpuMicros / result.operations());
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
