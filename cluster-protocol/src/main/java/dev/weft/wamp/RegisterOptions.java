package dev.weft.wamp;

/**
 * {@code REGISTER.Options}.
 *
 * @param concurrency how many invocations the callee takes at once; 0 for any number. Not in the specification; other
 *     routers have it by this name
 */
public record RegisterOptions(
        MatchPolicy match, InvocationPolicy invoke, boolean discloseCaller, boolean forwardTimeout, int concurrency) {
    /** All options left out. */
    public static final RegisterOptions DEFAULT =
            new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.SINGLE, false, false, 0);

    /** Any number of invocations at once. */
    public RegisterOptions(MatchPolicy match, InvocationPolicy invoke, boolean discloseCaller, boolean forwardTimeout) {
        this(match, invoke, discloseCaller, forwardTimeout, 0);
    }
}
