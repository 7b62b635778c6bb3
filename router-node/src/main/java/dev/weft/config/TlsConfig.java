package dev.weft.config;

import dev.weft.tls.CertificateFiles;
import dev.weft.tls.ClientAuth;
import dev.weft.tls.TlsEngine;
import dev.weft.tls.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** With what a port speaks TLS. All files are PEM files and may change while the node runs. */
public record TlsConfig(
        @Key(
                doc =
                        "The PEM file of the certificate, followed by the rest of its chain. It and all other files here are"
                                + " looked at while the node runs; see `reload-interval`.",
                required = true,
                example = "/etc/weft/tls.crt")
        Path certificate,

        @Key(
                doc = "The PEM file of the private key: PKCS #8, or as OpenSSL writes RSA and EC keys; no passphrase.",
                required = true,
                example = "/etc/weft/tls.key")
        Path key,

        @Key(
                doc =
                        "More certificates, for other host names: a client that asks for a name (SNI) is shown the first that"
                                + " is for it, else the one above.",
                value = "[]",
                example = "[{certificate: /etc/weft/other.crt, key: /etc/weft/other.key}]")
        List<CertificateConfig> additionalCertificates,

        @Key(
                doc =
                        "Whether clients are asked for a certificate: `request` lets those in that have none, `require` does"
                                + " not. One that `trust` has not signed is refused either way.",
                value = "none")
        ClientAuth clientAuth,

        @Key(
                doc = "The PEM files of the authorities that sign the certificates of clients.",
                value = "[]",
                example = "[/etc/weft/clients-ca.crt]")
        List<Path> trust,

        @Key(
                doc = "The oldest version of TLS that is spoken: `1.2` or `1.3`.",
                value = "1.2",
                pattern = "1\\.[23]",
                patternSays = "1.2 or 1.3")
        String minVersion,

        @Key(
                doc = "The cipher suites that are agreed to, by the names of their standards.",
                value = "[]",
                unset = "those with forward secrecy and authenticated encryption: see docs/security.md",
                example = "[TLS_AES_256_GCM_SHA384, TLS_AES_128_GCM_SHA256]")
        List<String> cipherSuites,

        @Key(
                doc =
                        "What speaks TLS: `jdk`, or `openssl`, the native library BoringSSL, which takes less processor time for each"
                                + " message (docs/security.md#the-engine).",
                value = "jdk")
        TlsEngine engine,

        @Key(
                doc =
                        "How often the files are looked at. When they have changed and are good, connections from then on use"
                                + " them; files that cannot be used are logged and counted, and the earlier ones stay in use.",
                value = "10s",
                min = "100ms",
                max = "1d")
        Duration reloadInterval) {

    public TlsConfig {
        additionalCertificates = List.copyOf(additionalCertificates);
        trust = List.copyOf(trust);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /** @param name for logs and status */
    public TlsSettings settings(String name) {
        List<CertificateFiles> certificates = new ArrayList<>();
        certificates.add(new CertificateFiles(certificate, key));
        additionalCertificates.forEach(more -> certificates.add(more.files()));
        return new TlsSettings(
                name,
                certificates,
                trust,
                clientAuth,
                minVersion.equals("1.3") ? Set.of("TLSv1.3") : TlsSettings.PROTOCOLS,
                cipherSuites.isEmpty() ? TlsSettings.CIPHER_SUITES : cipherSuites,
                engine,
                reloadInterval);
    }
}
