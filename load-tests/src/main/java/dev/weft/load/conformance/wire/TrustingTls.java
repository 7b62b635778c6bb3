package dev.weft.load.conformance.wire;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** TLS that takes any certificate: a router under test has one that nobody has signed. */
final class TrustingTls {
    private TrustingTls() {}

    static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("this Java has no TLS", unusable);
        }
    }
}
