package dev.weft.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One place that speaks TLS, and with what.
 *
 * @param name for logs and status: {@code listener public}, {@code links}, {@code admin}
 * @param certificates the one used by default first; of the others the first that names the host that a client asks for
 * @param trust PEM files of the authorities that sign the certificates of peers; may be empty if peers are not asked
 * @param protocols as the JDK names them, {@code TLSv1.3} and so on
 * @param cipherSuites as the JDK names them
 * @param engine what encrypts
 * @param reloadInterval between two looks at the files
 */
public record TlsSettings(
        String name,
        List<CertificateFiles> certificates,
        List<Path> trust,
        ClientAuth clientAuth,
        Set<String> protocols,
        List<String> cipherSuites,
        TlsEngine engine,
        Duration reloadInterval) {

    /** How often files are looked at unless configured. */
    public static final Duration RELOAD_INTERVAL = Duration.ofSeconds(10);

    /** From TLS 1.2 on. */
    public static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    /** What is agreed to unless configured: forward secrecy and authenticated encryption only (RFC 9325 section 4.2). */
    public static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    public TlsSettings {
        certificates = List.copyOf(certificates);
        trust = List.copyOf(trust);
        protocols = Set.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /** A server with one certificate that asks clients for none. */
    public static TlsSettings server(String name, CertificateFiles certificate) {
        return new TlsSettings(
                name,
                List.of(certificate),
                List.of(),
                ClientAuth.NONE,
                PROTOCOLS,
                CIPHER_SUITES,
                TlsEngine.JDK,
                RELOAD_INTERVAL);
    }

    /**
     * A client.
     *
     * @param shown to servers that ask; may be empty
     * @param trust may be empty: the caller then trusts by other means
     */
    public static TlsSettings client(String name, List<CertificateFiles> shown, List<Path> trust) {
        return new TlsSettings(
                name, shown, trust, ClientAuth.NONE, PROTOCOLS, CIPHER_SUITES, TlsEngine.JDK, RELOAD_INTERVAL);
    }

    /** Both sides show a certificate that the authority in {@code trust} has signed. */
    public static TlsSettings mutual(String name, CertificateFiles certificate, Path trust) {
        return new TlsSettings(
                name,
                List.of(certificate),
                List.of(trust),
                ClientAuth.REQUIRE,
                PROTOCOLS,
                CIPHER_SUITES,
                TlsEngine.JDK,
                RELOAD_INTERVAL);
    }

    /** Every file that is read, each once. */
    List<Path> files() {
        Set<Path> files = new LinkedHashSet<>();
        certificates.forEach(pair -> {
            files.add(pair.certificate());
            files.add(pair.key());
        });
        files.addAll(trust);
        return new ArrayList<>(files);
    }
}
