package dev.weft.load.relay;

import io.netty.channel.ChannelPipeline;
import io.netty.util.collection.IntObjectHashMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server of Vert.x that forwards frames between its sockets, with the router's way of reading, writing and flushing. */
public final class Relay implements AutoCloseable {
    private static final int BACKLOG = 4096;

    /** Odd, and its bits look random: multiples of it are all different, and far from each other. */
    private static final int SPREAD = 0x9E3779B9;

    private final Vertx vertx;
    private final NetServer server;
    private final IntObjectHashMap<List<RelayConnection>> byAddress = new IntObjectHashMap<>();
    private int connections;

    private Relay() {
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        server = vertx.createNetServer(new NetServerOptions().setAcceptBacklog(BACKLOG));
    }

    /** @param port of 127.0.0.1; 0 for any that is free */
    public static Relay start(int port) throws InterruptedException, ExecutionException, TimeoutException {
        Relay relay = new Relay();
        relay.server
                .connectHandler(socket -> relay.connected((NetSocketInternal) socket))
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        return relay;
    }

    public int port() {
        return server.actualPort();
    }

    private void connected(NetSocketInternal socket) {
        ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
        pipeline.addBefore("handler", "relay", new RelayConnection(nextAddress(), byAddress));
    }

    /**
     * Negative, and spread: the map looks for what it does not find at the place of a key in the next places, and thousands of
     * keys in a row would be such places.
     */
    private int nextAddress() {
        int address = Integer.MIN_VALUE | ++connections * SPREAD;
        return address == RelayFrame.JOIN ? nextAddress() : address;
    }

    /** How many addresses somebody has joined. Any thread; what it says may be of a moment ago. */
    int addresses() {
        return byAddress.size();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** One process, which ends when its parent does: takes the port, prints {@code READY}. */
    public static void main(String[] args)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (Relay relay = start(Integer.parseInt(args[0]))) {
            System.out.println("READY " + relay.port());
            while (System.in.read() >= 0) {
                // what the parent writes has no meaning
            }
        }
    }
}
