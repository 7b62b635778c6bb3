package dev.weft.load.report;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A result in JSON, for programs: times in microseconds, sizes in octets. */
public final class JsonReport {
    private JsonReport() {}

    public static String of(RunResult result) {
        return new JsonObject(toMap(result)).encodePrettily() + '\n';
    }

    /** What {@link #of} writes. */
    public static Map<String, Object> toMap(RunResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("scenario", result.scenario().name());
        map.put(
                "endpoints",
                result.scenario().endpoints().stream().map(Object::toString).toList());
        map.put("seconds", result.seconds());
        map.put("sessions", result.sessions());
        map.put("clean", result.isClean());
        map.put("notes", result.notes());
        map.put("loads", result.loads().stream().map(load -> load(load, result)).toList());
        result.router().ifPresent(use -> map.put("router", router(use, result)));
        Map<String, Object> tool = new LinkedHashMap<>();
        tool.put("cpuMicros", result.toolCpuMicros());
        tool.put("cpuMicrosPerOperation", (double) result.toolCpuMicros() / Math.max(1, result.operations()));
        tool.put("loopBusy", result.loopBusy());
        tool.put("isTheLimit", result.isToolTheLimit());
        map.put("tool", tool);
        map.put("octetsSent", result.octetsSent());
        map.put("octetsReceived", result.octetsReceived());
        map.put("samples", result.samples().stream().map(JsonReport::sample).toList());
        return map;
    }

    private static Map<String, Object> load(LoadResult load, RunResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("operation", load.operation());
        map.put("operations", load.operations());
        map.put("perSecond", load.operations() / result.seconds());
        map.put("latencyMicros", percentiles(load.latencies()));
        if (load.lateness().getTotalCount() > 0) {
            map.put("sentLateMicros", percentiles(load.lateness()));
        }
        map.put("failed", load.failed());
        map.put("lost", load.faults().lost());
        map.put("doubled", load.faults().doubled());
        map.put("outOfOrder", load.faults().outOfOrder());
        map.put("notSent", load.notSent());
        return map;
    }

    private static Map<String, Object> percentiles(Histogram nanos) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mean", nanos.getMean() / 1e3);
        for (double percentile : new double[] {50, 90, 99, 99.9, 99.99}) {
            String name = "p" + String.valueOf(percentile).replaceAll("\\.0$", "");
            map.put(name, nanos.getValueAtPercentile(percentile) / 1e3);
        }
        map.put("max", nanos.getMaxValue() / 1e3);
        return map;
    }

    private static Map<String, Object> router(RouterUse use, RunResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cpuMicros", use.cpuMicros());
        map.put("cpuMicrosPerOperation", finite(result.routerMicrosPerOperation()));
        map.put("residentBytesBefore", use.bytesBefore());
        map.put("residentBytesAtStart", use.bytesAtStart());
        map.put("residentBytesAtEnd", use.bytesAtEnd());
        map.put("bytesPerSession", finite(result.routerBytesPerSession()));
        return map;
    }

    /** JSON has no number that is none. */
    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }

    private static Map<String, Object> sample(Sample sample) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("second", sample.second());
        map.put("perSecond", sample.perSecond());
        map.put("p50Micros", sample.p50Micros());
        map.put("p99Micros", sample.p99Micros());
        map.put("routerCpus", finite(sample.routerCpus()));
        map.put("routerBytes", sample.routerBytes());
        map.put("toolCpus", sample.toolCpus());
        return map;
    }
}
