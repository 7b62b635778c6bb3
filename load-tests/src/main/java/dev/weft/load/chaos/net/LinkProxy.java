package dev.weft.load.chaos.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A proxy in front of the link port of each node. It tells the links apart by the HELLO with which each begins, and slows,
 * stalls, refuses or resets the link of a pair of nodes while others pass. Its methods may be called on any thread, and take
 * effect a moment later.
 */
public final class LinkProxy implements AutoCloseable {
    private final Network network;
    private final Map<String, Integer> nodes = new HashMap<>();
    private final Map<Pair, LinkState> states = new HashMap<>();
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    private LinkProxy(Network network) {
        this.network = network;
    }

    /** @param names of the nodes, as they call themselves over links */
    public static LinkProxy start(Network network, List<String> names) {
        LinkProxy proxy = new LinkProxy(network);
        for (int node = 0; node < names.size(); node++) {
            proxy.nodes.put(names.get(node), node);
            for (int low = 0; low < node; low++) {
                proxy.states.put(new Pair(low, node), new LinkState());
            }
        }
        for (int node = 0; node < names.size(); node++) {
            proxy.listen(node);
        }
        return proxy;
    }

    /** Resets what there is and whatever connects until {@link #restore}. */
    public void refuse(Pair pair) {
        change(pair, state -> {
            state.refused = true;
            List.copyOf(state.connections).forEach(LinkConnection::reset);
        });
    }

    /** Silence until {@link #restore}; connections stay open. */
    public void stall(Pair pair) {
        change(pair, state -> state.stalled = true);
    }

    /** Each direction has this bandwidth and delay until {@link #restore}. */
    public void slow(Pair pair, Duration delay, long bytesPerSecond) {
        change(pair, state -> {
            state.delayNanos = delay.toNanos();
            state.bytesPerSecond = bytesPerSecond;
        });
    }

    /** Once: the connection is reset when this many octets more have passed. */
    public void resetAfter(Pair pair, long octets) {
        change(pair, state -> state.octetsUntilReset = octets);
    }

    /** The link of the pair is as good as new. */
    public void restore(Pair pair) {
        change(pair, state -> {
            state.restore();
            List.copyOf(state.connections).forEach(LinkConnection::resume);
        });
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private void change(Pair pair, Consumer<LinkState> change) {
        loop.execute(() -> change.accept(state(pair)));
    }

    private LinkState state(Pair pair) {
        LinkState state = states.get(pair);
        if (state == null) {
            throw new IllegalArgumentException("there is no " + pair);
        }
        return state;
    }

    private void listen(int target) {
        new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new LinkHelloReader(
                                        (context, name, read) -> connected(target, context, name, read)));
                    }
                })
                .bind(network.endpoints(target).linkProxy())
                .syncUninterruptibly();
    }

    private void connected(int target, ChannelHandlerContext near, String name, ByteBuf read) {
        Integer source = nodes.get(name);
        if (source == null || source == target || state(Pair.of(source, target)).refused) {
            LinkConnection.abort(near.channel());
            return;
        }
        near.channel().config().setAutoRead(false);
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(
                        network.endpoints(target).link(),
                        network.endpoints(source).proxySource());
        connecting.addListener(connected -> {
            if (connected.isSuccess() && near.channel().isActive()) {
                join(state(Pair.of(source, target)), near, connecting.channel(), read);
            } else {
                near.close();
                connecting.channel().close();
            }
        });
    }

    private static void join(LinkState state, ChannelHandlerContext near, Channel far, ByteBuf read) {
        LinkConnection connection = new LinkConnection(state, near.channel(), far);
        near.pipeline().replace(near.handler(), "outward", connection.outward());
        far.pipeline().addLast("inward", connection.inward());
        connection.outward().accept(read);
        connection.resume();
        if (state.refused) {
            connection.reset();
        }
    }
}
