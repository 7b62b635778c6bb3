package dev.weft.wamp;

/** {@code SUBSCRIBE.Options}. */
public record SubscribeOptions(MatchPolicy match, boolean getRetained) {
    /** All options left out. */
    public static final SubscribeOptions DEFAULT = new SubscribeOptions(MatchPolicy.EXACT, false);
}
