package dev.weft.tls;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Keying material of one TLS connection that its two ends can derive and nobody else (RFC 8446, section 7.5). Java gives it since
 * version 25 ({@code ExtendedSSLSession.exportKeyingMaterialData}); Weft is built for 17, so it is looked up.
 */
public final class TlsExporter {
    private static final @Nullable Method EXPORT = find();

    private TlsExporter() {}

    private static @Nullable Method find() {
        try {
            return ExtendedSSLSession.class.getMethod(
                    "exportKeyingMaterialData", String.class, byte[].class, int.class);
        } catch (NoSuchMethodException olderJava) {
            return null;
        }
    }

    /** Whether this Java gives it at all. */
    public static boolean isAvailable() {
        return EXPORT != null;
    }

    /**
     * With an empty context. Only of TLS 1.3: in earlier versions two connections may have the same (RFC 9266, section 1).
     *
     * @return null if this Java or this connection does not give it
     */
    public static byte @Nullable [] export(SSLSession session, String label, int octets) {
        if (EXPORT == null
                || !(session instanceof ExtendedSSLSession)
                || !session.getProtocol().equals("TLSv1.3")) {
            return null;
        }
        try {
            return (byte[]) EXPORT.invoke(session, label, new byte[0], octets);
        } catch (IllegalAccessException | InvocationTargetException notOfThisConnection) {
            return null;
        }
    }
}
