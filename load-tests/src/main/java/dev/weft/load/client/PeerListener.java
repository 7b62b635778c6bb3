package dev.weft.load.client;

/** What a session receives. Event loop only; the stamps are valid until the method returns. */
public interface PeerListener {
    /** Hears nothing. */
    PeerListener NONE = new PeerListener() {};

    /** The result of a call, with the stamp of the call. */
    default void answered(Stamp stamp) {}

    /** A call ended with an error. */
    default void refused() {}

    /** A callee was called; it answers by itself. */
    default void invoked(Stamp stamp) {}

    /** @param subscription the router's number of it */
    default void received(long subscription, Stamp stamp) {}
}
