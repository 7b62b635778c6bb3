package dev.weft.load.chaos.client;

import dev.weft.load.chaos.history.Entry;
import dev.weft.load.chaos.history.History;
import dev.weft.load.chaos.node.Cluster;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Where the actors of a round play: one event loop, its timers, its history, and ways to the nodes. */
public final class Stage implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int WELCOME_MILLIS = 4_000;
    private static final int SECONDS_TO_ANSWER = 30;

    private final Cluster cluster;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Serializer serializer = Serializers.create(SerializerId.MSGPACK, DecodeLimits.DEFAULT);
    private final List<Session> sessions = new ArrayList<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private History history = new History();
    private int lastSession;
    private boolean quiet;
    private boolean over;

    public Stage(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Fails when an actor does, which is a bug of this suite. */
    public CompletableFuture<Void> failure() {
        return failure;
    }

    /** What an action returns that runs on the event loop; not to be called there. */
    public <T> T ask(Supplier<T> action) throws InterruptedException, ExecutionException, TimeoutException {
        return CompletableFuture.supplyAsync(action, loop).get(SECONDS_TO_ANSWER, TimeUnit.SECONDS);
    }

    /** Adds an entry from another thread; returns when it is there. */
    public void enter(Supplier<Entry> entry) throws InterruptedException, ExecutionException, TimeoutException {
        ask(() -> {
            history.add(entry.get());
            return true;
        });
    }

    /** Event loop only, as all that follows. A new history, and whoever is connected is gone. */
    public History begin() {
        history = new History();
        sessions.clear();
        quiet = false;
        over = false;
        return history;
    }

    /** Actors begin nothing new from now on. */
    public void becomeQuiet() {
        quiet = true;
        history.add(new Entry.Quiet(Session.now()));
    }

    /** Closes all sessions for good; that is in no history any more. */
    public void end() {
        over = true;
        history = new History();
        List.copyOf(sessions).forEach(Session::close);
    }

    boolean isQuiet() {
        return quiet;
    }

    boolean isOver() {
        return over;
    }

    int nodes() {
        return cluster.size();
    }

    History history() {
        return history;
    }

    /** The listener is told of success or failure. */
    void connect(int node, SessionListener listener) {
        Session session = new Session(++lastSession, node, serializer, history, listener);
        sessions.add(session);
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(session)
                .connect(cluster.clientAddress(node));
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                session.ended();
            }
        });
        Channel channel = connecting.channel();
        channel.closeFuture().addListener(closed -> sessions.remove(session));
        after(WELCOME_MILLIS, () -> {
            if (!session.isOpen()) {
                session.close();
            }
        });
    }

    /** Not after the end of the round. */
    void after(int millis, Runnable action) {
        History of = history;
        loop.schedule(
                () -> {
                    if (!over && of == history) {
                        run(action);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException bug) {
            failure.completeExceptionally(bug);
            throw bug;
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
