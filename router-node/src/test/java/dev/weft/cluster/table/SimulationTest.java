package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Ten thousand clusters in trouble; see {@link Simulation}. A seed that failed is run alone with
 * {@code -Dweft.simulation.seed=...}, then with the log of the tables.
 */
final class SimulationTest {
    private static final String SEED = "weft.simulation.seed";
    private static final int FIXED = 10_000;
    /** How many seeds that nobody tried before today: all of a day try the same, so that what one sees fail fails for others. */
    private static final int DRAWN = Integer.getInteger("weft.simulation.drawn", 500);

    /** From what they are drawn. */
    private static final long TODAY =
            Long.getLong("weft.simulation.from", LocalDate.now(ZoneOffset.UTC).toEpochDay());

    /** Seeds that were drawn and found something. */
    private static final long[] FOUND = {6507577530338894094L, -8777146257949380933L, -5978044569497161885L};

    private final Logger log = (Logger) LoggerFactory.getLogger("dev.weft.cluster.table");

    @BeforeEach
    void beQuiet() {
        log.setLevel(System.getProperty(SEED) == null ? Level.OFF : Level.DEBUG);
    }

    @AfterEach
    void beLoud() {
        log.setLevel(null);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void whatIsPromisedHoldsInEachScheduleAndTablesAreRightWhenAllIsQuiet() {
        String seed = System.getProperty(SEED);
        LongStream seeds = seed != null
                ? LongStream.of(Long.parseLong(seed))
                : LongStream.concat(
                        LongStream.concat(LongStream.of(FOUND), LongStream.range(0, FIXED)),
                        new Random(TODAY).longs(DRAWN));
        long[] seen = new long[4];
        seeds.forEach(one -> {
            Simulation simulation = run(one);
            seen[0] += simulation.conflicts;
            seen[1] += simulation.revocations;
            seen[2] += simulation.purges;
            seen[3] += simulation.links().fences;
        });
        if (seed == null) {
            assertThat(LongStream.of(seen))
                    .as("conflicts, revocations, purges, fences: all of it was tried")
                    .allMatch(count -> count > 100);
        }
    }

    private static Simulation run(long seed) {
        Simulation simulation = new Simulation(seed);
        try {
            simulation.run();
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("the schedule of seed " + seed + "; alone: -D" + SEED + "=" + seed, failure);
        }
        return simulation;
    }
}
