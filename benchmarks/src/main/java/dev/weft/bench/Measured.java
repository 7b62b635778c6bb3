package dev.weft.bench;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One benchmark as the guard sees it.
 *
 * @param bytes allocated by one operation
 * @param ratio the time of one operation over that of {@link CalibrationBenchmark}, the shortest iteration of each: what else
 *     the machine does only makes iterations longer
 */
record Measured(double bytes, double ratio) {
    static final String CALIBRATION = "CalibrationBenchmark.work";
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /** The lower of both figures of the same benchmark. */
    Measured better(Measured other) {
        return new Measured(Math.min(bytes, other.bytes), Math.min(ratio, other.ratio));
    }

    /** Of a benchmark's name with its parameters, such as {@code CodecBenchmark.decode}. */
    static String method(String name) {
        return name.split(":", 2)[0];
    }

    /** By name and parameters, {@link CalibrationBenchmark} left out. */
    static Map<String, Measured> of(Collection<RunResult> results) {
        double calibration = results.stream()
                .filter(result -> name(result.getParams()).equals(CALIBRATION))
                .mapToDouble(Measured::shortest)
                .min()
                .orElseThrow(() -> new IllegalArgumentException(CALIBRATION + " was not run"));
        Map<String, Measured> measured = new TreeMap<>();
        for (RunResult result : results) {
            String name = name(result.getParams());
            if (!name.equals(CALIBRATION)) {
                measured.put(name, new Measured(allocated(result), shortest(result) / calibration));
            }
        }
        return measured;
    }

    private static double shortest(RunResult result) {
        return result.getPrimaryResult().getStatistics().getMin();
    }

    private static double allocated(RunResult result) {
        Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
        if (allocation == null) {
            throw new IllegalArgumentException("the allocation of " + name(result.getParams()) + " was not measured");
        }
        return allocation.getScore();
    }

    /** Such as {@code CodecBenchmark.decode:payloadBytes=128,serializer=CBOR,type=CALL}. */
    private static String name(BenchmarkParams benchmark) {
        String method = benchmark.getBenchmark();
        StringBuilder name =
                new StringBuilder(method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1));
        Map<String, String> parameters = new TreeMap<>();
        benchmark.getParamsKeys().forEach(key -> parameters.put(key, benchmark.getParam(key)));
        String separator = ":";
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            name.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
            separator = ",";
        }
        return name.toString();
    }
}
