package dev.weft.wamp;

/** When a testament is published ("Testament"): both when the session ends, those of {@link #DETACHED} first. */
public enum TestamentScope {
    DETACHED,
    DESTROYED
}
