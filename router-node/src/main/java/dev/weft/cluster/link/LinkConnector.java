package dev.weft.cluster.link;

import dev.weft.link.NodeId;
import dev.weft.link.RejectReason;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to one node, and again whenever the connection is gone, until it is stopped: at once if it carried a link for a
 * while, so that the link goes on. Between attempts that fail the pause doubles, with a random part so that nodes do not
 * call in step; the time that the attempt itself took is part of it. Confined to one event loop, except where said.
 */
final class LinkConnector {
    private static final Logger LOG = LoggerFactory.getLogger(LinkConnector.class);

    private static final int MOST_DOUBLINGS = 16;

    /** One or two are usual while a node starts or leaves. */
    private static final int NOTABLE_FAILURES = 5;

    private final NodeId node;
    private final NetClient client;
    private final LinkEnvironment environment;
    private final ContextInternal context;
    private volatile InetSocketAddress address;
    private volatile boolean stopped;
    private int failures;
    private long calledAt;

    LinkConnector(
            NodeId node,
            InetSocketAddress address,
            NetClient client,
            LinkEnvironment environment,
            ContextInternal context) {
        this.node = node;
        this.address = address;
        this.client = client;
        this.environment = environment;
        this.context = context;
    }

    /** Any thread. */
    void start() {
        context.runOnContext(go -> connect());
    }

    /** Any thread. Holds from the next attempt on. */
    void moveTo(InetSocketAddress newAddress) {
        address = newAddress;
    }

    /** Any thread. Connects no more; a connection that there is remains. */
    void stop() {
        stopped = true;
    }

    private void connect() {
        if (stopped) {
            return;
        }
        calledAt = System.nanoTime();
        InetSocketAddress target = address;
        client.connect(target.getPort(), target.getHostString()).onComplete(this::connected, this::failed);
    }

    private void connected(NetSocket socket) {
        ChannelHandlerContext vertxHandler = ((NetSocketInternal) socket).channelHandlerContext();
        if (stopped) {
            vertxHandler.close();
            return;
        }
        long since = System.nanoTime();
        Handshake handshake = new Handshake(vertxHandler, environment, node, () -> {});
        vertxHandler.channel().closeFuture().addListener(closed -> {
            boolean lasted = handshake.succeeded() && System.nanoTime() - since > longestPause();
            failures = lasted ? 0 : failures + 1;
            connectLater();
        });
        handshake.start();
    }

    private void failed(Throwable cause) {
        failures++;
        if (cause instanceof SSLException) {
            environment.log().rejected(address, node.toString(), RejectReason.CERTIFICATE, cause.toString());
        } else if (failures == NOTABLE_FAILURES) {
            LOG.warn("{} cannot be reached at {}: {}", node, address, cause.getMessage());
        }
        connectLater();
    }

    private void connectLater() {
        if (!stopped) {
            long passed = System.nanoTime() - calledAt;
            context.nettyEventLoop().schedule(this::start, Math.max(0, pause() - passed), TimeUnit.NANOSECONDS);
        }
    }

    private long longestPause() {
        return environment.options().times().longestPause().toNanos();
    }

    /** From call to call, in nanoseconds: nothing after a link that lasted, else between half of the pause and the whole. */
    private long pause() {
        if (failures == 0) {
            return 0;
        }
        long shortest = environment.options().times().shortestPause().toNanos();
        long pause = Math.min(longestPause(), shortest << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    }
}
