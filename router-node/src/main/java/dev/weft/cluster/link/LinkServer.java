package dev.weft.cluster.link;

import dev.weft.link.RejectReason;
import dev.weft.tls.TlsMaterial;
import dev.weft.tls.WatchedTls;
import dev.weft.tls.socket.SocketTls;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts the connections of other nodes, spread over the event loops. */
final class LinkServer {
    /** Connections that have not proved the secret yet; more are closed at once. */
    private static final int MOST_HANDSHAKES = 256;

    /** Vert.x shares one free port between servers of the same negative port; each link server has its own. */
    private static final AtomicInteger FREE_PORTS = new AtomicInteger(-1);

    private final VertxInternal vertx;
    private final LinkEnvironment environment;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final List<NetServer> servers = new ArrayList<>();

    LinkServer(Vertx vertx, LinkEnvironment environment) {
        this.vertx = (VertxInternal) vertx;
        this.environment = environment;
    }

    /** Listens; the result is the port. */
    Future<Integer> listen() {
        LinkOptions options = environment.options();
        int port = options.port() == 0 ? FREE_PORTS.getAndDecrement() : options.port();
        Future<NetServer> listening = listen(port);
        for (int more = 1; more < eventLoops(); more++) {
            listening = listening.compose(first -> listen(port).map(first));
        }
        return listening.map(NetServer::actualPort);
    }

    private int eventLoops() {
        int loops = 0;
        for (EventExecutor ignored : vertx.nettyEventLoopGroup()) {
            loops++;
        }
        return loops;
    }

    private Future<NetServer> listen(int port) {
        LinkOptions options = environment.options();
        ContextInternal context = vertx.createEventLoopContext();
        NetServerOptions serverOptions = new NetServerOptions().setTcpNoDelay(true);
        WatchedTls tls = options.tls();
        if (tls != null) {
            SocketTls.secure(serverOptions, tls.material(), options.times().handshake());
        }
        NetServer server = vertx.createNetServer(serverOptions)
                .connectHandler(this::accept)
                .exceptionHandler(this::refused);
        synchronized (servers) {
            servers.add(server);
        }
        Promise<NetServer> listening = context.promise();
        context.runOnContext(go -> server.listen(port, options.host()).onComplete(listening));
        return listening.future();
    }

    /** The TLS handshake failed: whoever it was has not said anything yet. */
    private void refused(Throwable cause) {
        environment.log().rejected("?", "a stranger", RejectReason.CERTIFICATE, String.valueOf(cause.getMessage()));
    }

    private void accept(NetSocket socket) {
        ChannelHandlerContext vertxHandler = ((NetSocketInternal) socket).channelHandlerContext();
        if (handshakes.incrementAndGet() > MOST_HANDSHAKES) {
            handshakes.decrementAndGet();
            vertxHandler.close();
            return;
        }
        new Handshake(vertxHandler, environment, null, handshakes::decrementAndGet).start();
    }

    /** Connections from now on are accepted with other certificates. */
    Future<Void> renew(TlsMaterial material) {
        ServerSSLOptions renewed =
                SocketTls.server(material, environment.options().times().handshake());
        List<Future<Boolean>> done = new ArrayList<>();
        synchronized (servers) {
            servers.forEach(server -> done.add(server.updateSSLOptions(renewed, true)));
        }
        return Future.all(done).mapEmpty();
    }

    Future<Void> close() {
        List<Future<Void>> closed = new ArrayList<>();
        synchronized (servers) {
            servers.forEach(server -> closed.add(server.close()));
        }
        return Future.join(closed).mapEmpty();
    }
}
