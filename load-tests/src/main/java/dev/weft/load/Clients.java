package dev.weft.load;

import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** All sessions of a run, on one event loop. */
final class Clients implements AutoCloseable {
    private final RunOptions options;
    private final Serializer serializer;
    private final EventLoopGroup loop;
    private final Class<? extends Channel> channelType;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final List<Channel> channels = new ArrayList<>();

    Clients(RunOptions options) {
        this.options = options;
        this.serializer = Serializers.create(options.serializer, DecodeLimits.DEFAULT);
        boolean epoll = Epoll.isAvailable();
        this.loop = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.channelType = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    Serializer serializer() {
        return serializer;
    }

    /** Where every client's code runs. */
    Executor loop() {
        return loop;
    }

    /** Fails with the first session that does. */
    CompletableFuture<Void> failure() {
        return failure;
    }

    /** A session that the router has welcomed. Waits; not for the event loop. */
    WampClient connect(int port) throws Exception {
        Consumer<Throwable> onFailure = failure::completeExceptionally;
        WampClient client = new WampClient(options.realm, serializer, onFailure);
        Channel channel = new Bootstrap()
                .group(loop)
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(client)
                .connect(options.host, port)
                .sync()
                .channel();
        channels.add(channel);
        return client.welcomed().get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channels.forEach(channel -> channel.close().awaitUninterruptibly(1, TimeUnit.SECONDS));
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
