package dev.weft.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.CallId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongMapTest {
    private static final int OPERATIONS = 200_000;
    private static final int PLACES = 4096;
    private static final int SEEDS = 1000;

    /** When each of as many keys as there are places has one by chance, 63 % of them are taken; less is enough. */
    private static final int SPREAD = PLACES / 2;

    /** With the worst of many seeds: a node draws one and keeps it. */
    private static int fewestPlacesOf(LongUnaryOperator key) {
        return new Random(1)
                .longs(SEEDS)
                .mapToInt(seed -> placesOf(key, seed))
                .min()
                .orElseThrow();
    }

    private static int placesOf(LongUnaryOperator key, long seed) {
        BitSet places = new BitSet(PLACES);
        for (int number = 0; number < PLACES; number++) {
            places.set(LongMap.home(key.applyAsLong(number), seed, PLACES - 1));
        }
        return places.cardinality();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 16, 17, 20, 31, 32, 33, 40, 44, 46, 50, 51})
    void keysAreSpreadWhicheverOfTheirBitsDiffer(int shift) {
        assertThat(fewestPlacesOf(number -> number << shift)).isGreaterThan(SPREAD);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 20, 31, 40, 52})
    void keysAreSpreadWhoseLowAndHighBitsDifferTogether(int shift) {
        assertThat(fewestPlacesOf(number -> (number & 63) | (number >>> 6 << shift)))
                .isGreaterThan(SPREAD);
    }

    @Test
    void callsOfOneEventLoopAreSpread() {
        assertThat(fewestPlacesOf(number -> CallId.of(1_000_000 + number, 3))).isGreaterThan(SPREAD);
    }

    @Test
    void holdsWhatAnyMapHoldsWhateverIsPutAndRemoved() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Long, String> expected = new HashMap<>();
        LongMap<String> map = new LongMap<>();
        for (int i = 0; i < OPERATIONS; i++) {
            // Sometimes few, so that most places are emptied again, sometimes many, so that it grows.
            long key = random.nextInt(i % 10_000 < 5_000 ? 12 : 300);
            String value = "value " + i;
            if (random.nextInt(5) < 2) {
                assertThat(map.put(key, value)).as("put, seed %d", seed).isEqualTo(expected.put(key, value));
            } else {
                assertThat(map.remove(key)).as("remove, seed %d", seed).isEqualTo(expected.remove(key));
            }
            long other = random.nextInt(300);
            assertThat(map.get(other)).as("get, seed %d", seed).isEqualTo(expected.get(other));
            assertThat(map.size()).as("size, seed %d", seed).isEqualTo(expected.size());
        }
        assertThat(map.values()).as("values, seed %d", seed).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    @Test
    void takesZeroAndNegativeKeys() {
        LongMap<String> map = new LongMap<>();

        assertThat(map.get(0)).isNull();
        map.put(0, "zero");
        map.put(-1, "minus one");

        assertThat(map.get(0)).isEqualTo("zero");
        assertThat(map.get(-1)).isEqualTo("minus one");
        assertThat(map.get(1)).isNull();
    }

    @Test
    void isEmptyAgainOnceCleared() {
        LongMap<String> map = new LongMap<>();
        for (int i = 0; i < 100; i++) {
            map.put(i, "one of many");
        }

        map.clear();

        assertThat(map.isEmpty()).isTrue();
        assertThat(map.values()).isEmpty();
        assertThat(map.remove(7)).isNull();
        map.put(7, "again");
        assertThat(map.values()).containsExactly("again");
    }
}
