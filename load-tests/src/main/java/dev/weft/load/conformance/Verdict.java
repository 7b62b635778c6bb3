package dev.weft.load.conformance;

import dev.weft.load.conformance.feature.Check;
import dev.weft.load.conformance.feature.Feature;

/**
 * What came of one check.
 *
 * @param said why it failed; empty if it passed
 */
record Verdict(Feature feature, Check check, Column column, Outcome outcome, String said) {
    enum Outcome {
        PASSED,
        FAILED,
        /** The router does not announce the feature: the checks are not played. */
        NOT_ANNOUNCED
    }
}
