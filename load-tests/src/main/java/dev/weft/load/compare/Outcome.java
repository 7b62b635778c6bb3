package dev.weft.load.compare;

import dev.weft.load.report.LoadResult;
import dev.weft.load.report.RunResult;
import java.util.List;

/**
 * What is kept of one run.
 *
 * @param cpuMicros the router's, for one operation
 * @param p50Micros latency
 * @param p99Micros latency
 * @param bytesPerSession by which the router's resident memory grew
 * @param faults failed, lost, doubled or out of order
 * @param toolBusy the share of the time in which the load tool's event loop was on a CPU
 * @param notes of the run
 */
record Outcome(
        double cpuMicros,
        double perSecond,
        double p50Micros,
        double p99Micros,
        double bytesPerSession,
        long faults,
        double toolBusy,
        List<String> notes) {

    /** Of a run with one load. */
    static Outcome of(RunResult run) {
        LoadResult load = run.loads().get(0);
        return new Outcome(
                run.routerMicrosPerOperation(),
                run.perSecond(),
                load.micros(50),
                load.micros(99),
                run.routerBytesPerSession(),
                load.failed() + load.notSent() + load.faults().total(),
                run.loopBusy(),
                run.notes());
    }
}
