package dev.weft.node.cli;

import dev.weft.tls.TlsMaterial;
import dev.weft.tls.TlsProblem;
import dev.weft.tls.TlsSettings;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whose certificates the sessions of a round trip take, where their URL is {@code rss}. */
final class RoundTripTls {
    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "With TLS: who has signed the certificates (default: who Java trusts).")
    private @Nullable Path ca;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "With TLS: the name that the certificates have to bear (default: the host of each URL).")
    private @Nullable String serverName;

    @Option(
            names = "--any-certificate",
            description = "With TLS, do not look whose certificate is shown: a ticket is told to whoever answers.")
    private boolean any;

    /**
     * @param sockets makes the sockets; null for those that trust whom Java trusts
     * @param serverName what a certificate has to name instead of the host; null for the host
     * @param checked whether a certificate has to name anything
     */
    record Taken(
            @Nullable SSLSocketFactory sockets, @Nullable String serverName, boolean checked) {
        /** What is taken if nothing is said. */
        static final Taken BY_DEFAULT = new Taken(null, null, true);
    }

    /** @throws TypeConversionException if what was given cannot be used */
    Taken taken() {
        if (any && (ca != null || serverName != null)) {
            throw new TypeConversionException("--any-certificate takes every one, whatever --ca and --server-name say");
        }
        try {
            TrustManager trust = any ? new AnyCertificate() : signedBy(ca);
            return new Taken(trust == null ? null : trusting(trust), serverName, !any);
        } catch (TlsProblem | GeneralSecurityException unusable) {
            throw new TypeConversionException(String.valueOf(unusable.getMessage()));
        }
    }

    private static SSLSocketFactory trusting(TrustManager trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        return context.getSocketFactory();
    }

    private static @Nullable TrustManager signedBy(@Nullable Path authority) throws TlsProblem {
        if (authority == null) {
            return null;
        }
        TlsSettings settings = TlsSettings.client("roundtrip", List.of(), List.of(authority));
        return TlsMaterial.read(settings, Instant.now()).trustManager();
    }

    private static final class AnyCertificate implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
