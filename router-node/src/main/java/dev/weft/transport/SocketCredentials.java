package dev.weft.transport;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Reads from a socket what it tells of its peer. */
final class SocketCredentials {
    private SocketCredentials() {}

    /**
     * @param peer address and port, or {@code unix}
     * @param pipeline of the socket
     * @param bearer the token with which a WebSocket was opened
     * @param cookie with which it was opened
     */
    static PeerCredentials of(
            String peer, ChannelPipeline pipeline, @Nullable String bearer, @Nullable PeerCookie cookie) {
        SslHandler handler = pipeline.get(SslHandler.class);
        SSLSession tls = handler == null ? null : handler.engine().getSession();
        return PeerCredentials.of(peer, tls != null, PeerCertificates.of(pipeline), tls, bearer, cookie);
    }
}
