package dev.weft.tls.socket;

import dev.weft.tls.TlsEngine;
import dev.weft.tls.TlsMaterial;
import dev.weft.tls.TlsSettings;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TCPSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Options of servers and clients, for when they are made and for when their certificates change. Names in certificates are
 * not compared by the sockets: whoever connects does it. Each change makes a new context, so that no TLS session from before
 * is resumed after it: a peer that is not trusted any more has to show a certificate that is.
 */
public final class SocketTls {
    private SocketTls() {}

    /** @param patience for the TLS handshake */
    public static void secure(NetServerOptions server, TlsMaterial material, Duration patience) {
        secure((TCPSSLOptions) server, material, patience);
        server.setClientAuth(clientAuth(material.settings()));
    }

    /** @param patience for the TLS handshake */
    public static void secure(NetClientOptions client, TlsMaterial material, Duration patience) {
        secure((TCPSSLOptions) client, material, patience);
        client.setHostnameVerificationAlgorithm("");
    }

    private static void secure(TCPSSLOptions options, TlsMaterial material, Duration patience) {
        TlsSettings settings = material.settings();
        options.setSsl(true)
                .setSslEngineOptions(engine(settings.engine()))
                .setKeyCertOptions(KeyCertOptions.wrap(material.keyManager()))
                .setEnabledSecureTransportProtocols(settings.protocols())
                .setSslHandshakeTimeout(patience.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        settings.cipherSuites().forEach(options::addEnabledCipherSuite);
        X509ExtendedTrustManager trust = material.trustManager();
        if (trust != null) {
            options.setTrustOptions(TrustOptions.wrap(trust));
        }
    }

    /** @param patience for the TLS handshake */
    public static ServerSSLOptions server(TlsMaterial material, Duration patience) {
        ServerSSLOptions server = new ServerSSLOptions();
        fill(server, material, patience);
        return server.setClientAuth(clientAuth(material.settings()));
    }

    /** @param patience for the TLS handshake */
    public static ClientSSLOptions client(TlsMaterial material, Duration patience) {
        ClientSSLOptions client = new ClientSSLOptions();
        fill(client, material, patience);
        return client.setHostnameVerificationAlgorithm("");
    }

    private static void fill(SSLOptions options, TlsMaterial material, Duration patience) {
        TlsSettings settings = material.settings();
        options.setKeyCertOptions(KeyCertOptions.wrap(material.keyManager()))
                .setEnabledSecureTransportProtocols(settings.protocols())
                .setSslHandshakeTimeout(patience.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        settings.cipherSuites().forEach(options::addEnabledCipherSuite);
        X509ExtendedTrustManager trust = material.trustManager();
        if (trust != null) {
            options.setTrustOptions(TrustOptions.wrap(trust));
        }
    }

    private static SSLEngineOptions engine(TlsEngine engine) {
        return switch (engine) {
            case JDK -> new JdkSSLEngineOptions();
            case OPENSSL -> new OpenSSLEngineOptions();
        };
    }

    private static ClientAuth clientAuth(TlsSettings settings) {
        return switch (settings.clientAuth()) {
            case NONE -> ClientAuth.NONE;
            case REQUEST -> ClientAuth.REQUEST;
            case REQUIRE -> ClientAuth.REQUIRED;
        };
    }
}
