package dev.weft.load.client;

import dev.weft.wamp.SerializerId;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Opens the sessions of a run, all on one event loop; any thread may close it. */
public final class Connector implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;

    /**
     * Connections to a loopback address from one source address: Linux has some 28,000 ports for them, and a port may be taken
     * for another while after its connection is gone.
     */
    private static final int FROM_ONE_SOURCE = 20_000;

    private final String realm;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Class<? extends Channel> channelType;
    private final ChannelGroup channels;
    private final ByteBuf scratch = Unpooled.directBuffer();
    private final MessageDeflate deflate = new MessageDeflate();
    private final ClientTls tls = new ClientTls();
    private final Map<SerializerId, WampLanguage> languages = new EnumMap<>(SerializerId.class);
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final PlainArguments plain = new PlainArguments();
    private final Traffic traffic = new Traffic();
    private final int fromOneSource;

    public Connector(String realm) {
        this(realm, FROM_ONE_SOURCE);
    }

    /** @param fromOneSource connections to a loopback address beyond which another source address is used */
    Connector(String realm, int fromOneSource) {
        this.realm = realm;
        this.fromOneSource = fromOneSource;
        boolean epoll = Epoll.isAvailable();
        this.group =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.loop = group.next();
        this.channelType = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        this.channels = new DefaultChannelGroup(loop);
    }

    /** Where every client's code runs. */
    public EventLoop loop() {
        return loop;
    }

    /** Fails with the first session that breaks after it has begun, unless it was abandoned. */
    public CompletableFuture<Void> failure() {
        return failure;
    }

    /** Octets that went either way, without those of TLS, TCP and IP; event loop only. */
    public Traffic traffic() {
        return traffic;
    }

    /** A session that has begun, told on the event loop; event loop only. */
    public CompletableFuture<Peer> connect(Endpoint endpoint, SerializerId serializer) {
        SessionLife life = new SessionLife(failure::completeExceptionally);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (endpoint.tls()) {
                            channel.pipeline().addLast(tls.handler(channel, endpoint));
                        }
                        channel.pipeline().addLast(traffic, handler(endpoint, serializer, life));
                    }
                });
        ChannelFuture connecting = connect(bootstrap, endpoint);
        channels.add(connecting.channel());
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                life.failed(connected.cause());
            }
        });
        return life.welcomed();
    }

    /** Ports of one source address do not suffice for a large crowd; on loopback there are more addresses. */
    private ChannelFuture connect(Bootstrap bootstrap, Endpoint endpoint) {
        int source = channels.size() / fromOneSource;
        if (source == 0 || !Epoll.isAvailable() || !endpoint.host().startsWith("127.")) {
            return bootstrap.connect(endpoint.host(), endpoint.port());
        }
        // The port is chosen with the connection, so that one that is taken elsewhere does.
        return bootstrap
                .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
                .connect(
                        new InetSocketAddress(endpoint.host(), endpoint.port()),
                        new InetSocketAddress("127.0.0." + (1 + source), 0));
    }

    private ChannelHandler handler(Endpoint endpoint, SerializerId serializer, SessionLife life) {
        return switch (endpoint.speech()) {
            case RAWSOCKET -> new WampPeer(realm, language(serializer), new RawSocketFraming(serializer), life);
            case WEBSOCKET ->
                new WampPeer(
                        realm, language(serializer), new WebSocketFraming(endpoint, serializer, scratch, null), life);
            case DEFLATED_WEBSOCKET ->
                new WampPeer(
                        realm,
                        language(serializer),
                        new WebSocketFraming(endpoint, serializer, scratch, deflate),
                        life);
            case NATS -> new NatsPeer(plain, life);
            case RELAY -> new RelayPeer(plain, life);
        };
    }

    private WampLanguage language(SerializerId serializer) {
        return languages.computeIfAbsent(serializer, WampLanguage::of);
    }

    /** Resets all connections. */
    @Override
    public void close() {
        loop.execute(() -> channels.forEach(channel -> channel.config().setOption(ChannelOption.SO_LINGER, 0)));
        channels.close().awaitUninterruptibly(10, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        scratch.release();
        deflate.release();
    }
}
