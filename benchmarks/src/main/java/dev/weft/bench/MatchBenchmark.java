package dev.weft.bench;

import dev.weft.uri.Matches;
import dev.weft.uri.PatternIndex;
import dev.weft.wamp.MatchPolicy;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Matching a URI against the entries of an index, a tenth of them patterns (half prefixes, half wildcards). Each
 * operation takes another URI in random order, so that the larger indexes are read from memory, not from the cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatchBenchmark {
    private static final int URIS = 1 << 16;

    @Param({"10", "1000", "100000", "1000000"})
    public int entries;

    private final PatternIndex<String> index = new PatternIndex<>();
    private final Matches<String> matches = new Matches<>();
    private final String[] uris = new String[URIS];
    private int next;

    /** The index, and the URIs: nine in ten have an exact entry. */
    @Setup
    public void fill() {
        Random random = new Random(42);
        for (int i = 0; i < entries; i++) {
            switch (i % 20) {
                case 0 -> add(MatchPolicy.PREFIX, "com.example.app" + i + ".topic.");
                case 1 -> add(MatchPolicy.WILDCARD, wildcard(i));
                default -> add(MatchPolicy.EXACT, exact(i));
            }
        }
        for (int i = 0; i < URIS; i++) {
            int entry = random.nextInt(entries);
            uris[i] = random.nextInt(10) == 0 ? exact(entry) + "x" : exact(entry);
        }
    }

    private static String exact(int i) {
        return "com.example.app" + i + ".topic.temperature";
    }

    private static String wildcard(int i) {
        return switch (i / 20 % 3) {
            case 0 -> "com.example.app" + i + "..temperature";
            case 1 -> "com..app" + i + ".topic.";
            default -> "com.example.app" + i + ".topic.";
        };
    }

    private void add(MatchPolicy policy, String uri) {
        index.computeIfAbsent(policy, uri, () -> uri);
    }

    private String nextUri() {
        next = (next + 1) & (URIS - 1);
        return uris[next];
    }

    /** What a PUBLISH does. */
    @Benchmark
    public int matchAll() {
        index.matchAll(nextUri(), matches);
        return matches.size();
    }

    /** What a CALL does. */
    @Benchmark
    public @Nullable String matchBest() {
        return index.matchBest(nextUri(), matches);
    }
}
