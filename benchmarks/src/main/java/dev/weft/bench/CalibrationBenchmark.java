package dev.weft.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Work that has nothing to do with Weft and never changes: what the others take is compared as a multiple of this, so that it
 * means the same on a faster machine, or on one that others use, too. Some arithmetic, some memory, some branches.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CalibrationBenchmark {
    private final byte[] from = new byte[4096];
    private final byte[] to = new byte[4096];
    private long seed = 1;

    @Benchmark
    public long work() {
        long random = seed;
        for (int i = 0; i < 64; i++) {
            random = random * 6364136223846793005L + 1442695040888963407L;
            from[(int) (random >>> 52)] = (byte) random;
        }
        seed = random;
        System.arraycopy(from, 0, to, 0, from.length);
        CRC32 crc = new CRC32();
        crc.update(to);
        return crc.getValue() + Arrays.mismatch(from, to);
    }
}
