package dev.weft.load.chaos.check;

import java.util.function.Consumer;

/** Proves one promise from what happened in a round. */
interface Checker {
    /** In one word or two, for reports. */
    String name();

    /** @param violations takes a sentence for each */
    void check(Evidence evidence, Consumer<String> violations);
}
