package dev.weft.auth;

import dev.weft.tls.TlsExporter;
import dev.weft.transport.PeerCredentials;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What binds a proof to the TLS connection that it comes over. {@code tls-unique} does not exist in TLS 1.3, and Java never gives it. */
final class ChannelBinding {
    static final String END_POINT = "tls-server-end-point";
    static final String EXPORTER = "tls-exporter";

    /** Octets of {@code tls-exporter}. */
    private static final int OCTETS = 32;

    private ChannelBinding() {}

    /** What clients that ask for another binding, or for this one where it is not there, are told. */
    static String exporterWords() {
        return EXPORTER
                + (TlsExporter.isAvailable()
                        ? " over TLS 1.3 of engine: jdk"
                        : ", if the router runs on Java 25 or later");
    }

    /** Null for a type that is not known, and for one that this connection does not have. */
    static byte @Nullable [] data(Object type, PeerCredentials peer) {
        SSLSession channel = peer.channel();
        if (channel == null) {
            return null;
        }
        if (EXPORTER.equals(type)) {
            // RFC 9266, section 4.2.
            return TlsExporter.export(channel, "EXPORTER-Channel-Binding", OCTETS);
        }
        return END_POINT.equals(type) ? endPoint(channel) : null;
    }

    /** The hash of the router's own certificate (RFC 5929, section 4.1). */
    private static byte @Nullable [] endPoint(SSLSession channel) {
        if (channel.getLocalCertificates() == null
                || !(channel.getLocalCertificates()[0] instanceof X509Certificate own)) {
            return null;
        }
        try {
            return MessageDigest.getInstance(digest(own.getSigAlgName())).digest(own.getEncoded());
        } catch (GeneralSecurityException unknown) {
            return null;
        }
    }

    private static String digest(String signature) {
        String name = signature.toUpperCase(Locale.ROOT);
        if (name.startsWith("SHA384")) {
            return "SHA-384";
        }
        return name.startsWith("SHA512") ? "SHA-512" : "SHA-256";
    }
}
