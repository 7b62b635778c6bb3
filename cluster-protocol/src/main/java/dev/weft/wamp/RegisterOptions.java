package dev.weft.wamp;

/** {@code REGISTER.Options}. */
public record RegisterOptions(
        MatchPolicy match, InvocationPolicy invoke, boolean discloseCaller, boolean forwardTimeout) {
    /** All options left out. */
    public static final RegisterOptions DEFAULT =
            new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.SINGLE, false, false);
}
