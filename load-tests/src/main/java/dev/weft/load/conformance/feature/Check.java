package dev.weft.load.conformance.feature;

import dev.weft.load.conformance.wire.Unmet;

/**
 * One thing that a router has to do.
 *
 * @param name as a sentence
 */
public record Check(String name, Script script) {
    /** What clients do, and what has to come of it. */
    @FunctionalInterface
    public interface Script {
        void play(Stage stage) throws Unmet;
    }
}
