package dev.weft.cluster.link;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Links over TLS: both sides show a certificate that the cluster's authority has signed, and it has to name the node that
 * they say they are, or the cluster.
 *
 * @param certificate PEM file of this node's certificate and the rest of its chain
 * @param key PEM file of its private key
 * @param ca PEM file of the authority
 */
public record LinkTls(Path certificate, Path key, Path ca) {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");
    private static final int DNS_NAME = 2;

    /** @param patience for the TLS handshake */
    void configure(NetServerOptions server, Duration patience) {
        server.setSsl(true)
                .setKeyCertOptions(keyCert())
                .setTrustOptions(trust())
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setSslHandshakeTimeout(patience.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    /** @param patience for the TLS handshake */
    void configure(NetClientOptions client, Duration patience) {
        // Nodes are not called by the names in their certificates: the link's own handshake compares those.
        client.setSsl(true)
                .setKeyCertOptions(keyCert())
                .setTrustOptions(trust())
                .setHostnameVerificationAlgorithm("")
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setSslHandshakeTimeout(patience.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    private PemKeyCertOptions keyCert() {
        return new PemKeyCertOptions().addCertPath(certificate.toString()).addKeyPath(key.toString());
    }

    private PemTrustOptions trust() {
        return new PemTrustOptions().addCertPath(ca.toString());
    }

    /** Whether the certificate that the peer has shown over the connection names one of {@code names}. */
    static boolean isNamed(ChannelPipeline pipeline, List<String> names) {
        SslHandler tls = pipeline.get(SslHandler.class);
        if (tls == null) {
            return false;
        }
        try {
            Certificate[] chain = tls.engine().getSession().getPeerCertificates();
            return chain[0] instanceof X509Certificate certificate
                    && names(certificate).stream().anyMatch(names::contains);
        } catch (SSLPeerUnverifiedException | CertificateParsingException | InvalidNameException unreadable) {
            return false;
        }
    }

    private static List<String> names(X509Certificate certificate)
            throws CertificateParsingException, InvalidNameException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            alternatives.stream()
                    .filter(name -> name.get(0).equals(DNS_NAME))
                    .forEach(name -> names.add(String.valueOf(name.get(1))));
        }
        String subject = certificate.getSubjectX500Principal().getName();
        new LdapName(subject)
                .getRdns().stream()
                        .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                        .forEach(rdn -> names.add(String.valueOf(rdn.getValue())));
        return names;
    }
}
