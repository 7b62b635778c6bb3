package dev.weft.cluster.link;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Whom a peer's certificate names. On a link over TLS both sides show a certificate that the cluster's authority has signed,
 * and it has to name the node that they say they are, or the cluster.
 */
final class CertifiedNames {
    private static final int DNS_NAME = 2;

    private CertifiedNames() {}

    /** Whether the certificate that the peer has shown over the connection names one of {@code names}. */
    static boolean include(ChannelPipeline pipeline, List<String> names) {
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
