package dev.weft.load.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS of the client's end. Certificates are not checked: a router under test has one that nobody has signed. */
final class ClientTls {
    private @Nullable SslContext context;

    ChannelHandler handler(Channel channel, Endpoint endpoint) {
        return context().newHandler(channel.alloc(), endpoint.host(), endpoint.port());
    }

    private SslContext context() {
        if (context == null) {
            try {
                context = SslContextBuilder.forClient()
                        .sslProvider(SslProvider.JDK)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm("")
                        .build();
            } catch (SSLException unusable) {
                throw new IllegalStateException("this Java has no TLS", unusable);
            }
        }
        return context;
    }
}
