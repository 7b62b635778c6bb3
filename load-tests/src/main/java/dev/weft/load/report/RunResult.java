package dev.weft.load.report;

import dev.weft.load.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/**
 * What a run has measured.
 *
 * @param notes what a reader has to know, such as a size that was cut
 * @param nanos how long it counted
 * @param sessions how many there were
 * @param router nothing if its processes are not known
 * @param toolCpuMicros what this program used while it counted, its compiler and garbage collector included
 * @param loopBusy the share of that time in which the event loop of this program was on a CPU
 * @param octetsSent by all sessions while it counted
 * @param octetsReceived by all sessions while it counted
 */
public record RunResult(
        Scenario scenario,
        List<String> notes,
        long nanos,
        long sessions,
        List<LoadResult> loads,
        List<Sample> samples,
        Optional<RouterUse> router,
        long toolCpuMicros,
        double loopBusy,
        long octetsSent,
        long octetsReceived) {

    /** Above, what is measured is this program. */
    private static final double BUSY = 0.9;

    public long operations() {
        return loads.stream().mapToLong(LoadResult::operations).sum();
    }

    public double seconds() {
        return nanos / 1e9;
    }

    public double perSecond() {
        return operations() / seconds();
    }

    /** Not a number if nothing ended or the router is not known. */
    public double routerMicrosPerOperation() {
        return router.isEmpty() || operations() == 0
                ? Double.NaN
                : (double) router.get().cpuMicros() / operations();
    }

    /** Resident memory of the router by which it grew for a session; not a number if the router is not known. */
    public double routerBytesPerSession() {
        return router.isEmpty() || sessions == 0
                ? Double.NaN
                : (double) (router.get().bytesAtEnd() - router.get().bytesBefore()) / sessions;
    }

    public boolean isToolTheLimit() {
        return loopBusy > BUSY;
    }

    public boolean isClean() {
        return loads.stream().allMatch(LoadResult::isClean);
    }
}
