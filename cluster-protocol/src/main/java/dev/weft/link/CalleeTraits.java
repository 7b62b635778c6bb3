package dev.weft.link;

/**
 * What the node of a caller has to know of a callee before it sends a call: what the callee asked for when it registered,
 * as far as it may, and what its client announced.
 *
 * @param discloseCaller wants to be told who calls ("Caller Identification")
 * @param forwardTimeout times its invocations itself ("Call Timeout")
 * @param progressiveInvocations takes calls in chunks ("Progressive Call Invocations")
 * @param passthru takes payloads in passthru mode ("Payload Passthru Mode")
 * @param limited takes only so many calls at once, so that some wait at its node
 */
public record CalleeTraits(
        boolean discloseCaller,
        boolean forwardTimeout,
        boolean progressiveInvocations,
        boolean passthru,
        boolean limited) {
    /** Of a callee that asked for nothing and announced nothing, or whose node speaks version 2. */
    public static final CalleeTraits NONE = new CalleeTraits(false, false, false, false, false);

    /** As a set of bits. */
    int bits() {
        return (discloseCaller ? FrameFormat.TRAIT_DISCLOSE_CALLER : 0)
                | (forwardTimeout ? FrameFormat.TRAIT_FORWARD_TIMEOUT : 0)
                | (progressiveInvocations ? FrameFormat.TRAIT_PROGRESSIVE_INVOCATIONS : 0)
                | (passthru ? FrameFormat.TRAIT_PASSTHRU : 0)
                | (limited ? FrameFormat.TRAIT_LIMITED : 0);
    }

    static CalleeTraits of(int bits) {
        return bits == 0
                ? NONE
                : new CalleeTraits(
                        (bits & FrameFormat.TRAIT_DISCLOSE_CALLER) != 0,
                        (bits & FrameFormat.TRAIT_FORWARD_TIMEOUT) != 0,
                        (bits & FrameFormat.TRAIT_PROGRESSIVE_INVOCATIONS) != 0,
                        (bits & FrameFormat.TRAIT_PASSTHRU) != 0,
                        (bits & FrameFormat.TRAIT_LIMITED) != 0);
    }
}
