package dev.weft.load.client;

import dev.weft.wamp.MatchPolicy;
import java.util.concurrent.CompletableFuture;

/**
 * One session, whatever it speaks. Event loop only. What is called or published leaves with the next flush, or at the end of
 * the read that is being handled.
 */
public interface Peer {
    void listen(PeerListener listener);

    /** From then on calls are answered with their own argument; completes when the router has agreed. */
    CompletableFuture<Void> register(String procedure);

    /** Completes when the router has agreed. */
    CompletableFuture<Void> subscribe(String topic, MatchPolicy match);

    /** @param size of the argument in octets, {@link Stamp#LENGTH} at least */
    void call(String procedure, int size, Stamp stamp);

    /** @param size of the argument in octets, {@link Stamp#LENGTH} at least */
    void publish(String topic, int size, Stamp stamp);

    void flush();

    /** Flushes when the event loop has handled what it has read: one write for all of it. */
    void flushSoon();

    /** Resets the connection, as a client does whose machine is gone; its failure is not told. */
    void abandon();
}
