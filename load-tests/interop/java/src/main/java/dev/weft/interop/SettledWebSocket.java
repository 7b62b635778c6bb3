package dev.weft.interop;

import io.crossbar.autobahn.wamp.transports.NettyWebSocket;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The client's WebSocket, with two races of the client (20.6.1) taken out; each lost one opening in a thousand on a
 * busy machine.
 *
 * <ul>
 *   <li>It learns of its channel by a listener that it adds after it has begun to connect. If the router's answer to
 *       the handshake is faster, HELLO meets no channel, and the exception is lost in a future nobody looks at.
 *   <li>It remembers that it is joining after it has sent HELLO. If WELCOME is faster, it cannot make sense of it,
 *       drops it, and waits for ever.
 * </ul>
 */
final class SettledWebSocket extends NettyWebSocket {

    private static final long AT_MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Executor executor;
    private boolean settled; // of the executor's thread

    /** @param executor of one thread, the session's own */
    SettledWebSocket(String url, List<String> serializers, Executor executor) {
        super(url, serializers);
        this.executor = executor;
    }

    /** Sends when the session's thread is done with what it does now, so that it has remembered what it sent. */
    @Override
    public void send(byte[] payload, boolean binary) {
        executor.execute(() -> {
            if (!settled) {
                awaitChannel();
                settled = true;
            }
            super.send(payload, binary);
        });
    }

    /** What is waited for happens on the client's event loop, a moment after it has told the session to go on. */
    private void awaitChannel() {
        long began = System.nanoTime();
        while (!isOpen() && System.nanoTime() - began < AT_MOST_NANOS) {
            LockSupport.parkNanos(100_000);
        }
    }
}
