package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequencesTest {
    private final Sequences sequences = new Sequences();

    @Test
    void streamsInOrderAreFine() {
        arrive("a", 0, 1);
        arrive("b", 0);
        arrive("a", 2);
        sequences.ended("a", 3);
        sequences.ended("b", 1);
        assertThat(sequences.violations()).isEmpty();
    }

    @Test
    void anEventTwiceIsSeen() {
        arrive("a", 0, 1, 1, 2);
        assertThat(sequences.violations()).containsExactly("a: 1 again or late, expected 2");
    }

    @Test
    void aGapIsSeen() {
        arrive("a", 0, 2);
        assertThat(sequences.violations()).containsExactly("a: 2 too early, expected 1");
    }

    @Test
    void twoEventsInTheWrongOrderAreSeen() {
        arrive("a", 0, 2, 1, 3);
        assertThat(sequences.violations()).hasSize(2);
    }

    @Test
    void aMissingEndIsSeen() {
        arrive("a", 0, 1);
        sequences.ended("a", 3);
        sequences.ended("never", 1);
        assertThat(sequences.violations()).containsExactly("a: 2 of 3 arrived", "never: 0 of 1 arrived");
    }

    private void arrive(String stream, long... numbers) {
        for (long number : numbers) {
            sequences.arrived(stream, number);
        }
    }
}
