package dev.weft.auth;

import dev.weft.transport.PeerCredentials;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What binds a proof to the TLS connection that it comes over. {@code tls-unique} does not exist in TLS 1.3, and no JDK that
 * Weft runs on gives it or {@code tls-exporter} to a server.
 */
final class ChannelBinding {
    static final String END_POINT = "tls-server-end-point";

    private ChannelBinding() {}

    /** The hash of the router's own certificate (RFC 5929, section 4.1); null for all else. */
    static byte @Nullable [] data(Object type, PeerCredentials peer) {
        X509Certificate own = peer.ownCertificate();
        if (!END_POINT.equals(type) || own == null) {
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
