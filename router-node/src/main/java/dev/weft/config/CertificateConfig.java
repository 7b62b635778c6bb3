package dev.weft.config;

import dev.weft.tls.CertificateFiles;
import java.nio.file.Path;

/** One more certificate of a listener. */
public record CertificateConfig(
        @Key(
                doc = "The PEM file of the certificate, followed by the rest of its chain.",
                required = true,
                example = "/etc/weft/other.crt")
        Path certificate,

        @Key(
                doc = "The PEM file of the private key, without a passphrase.",
                required = true,
                example = "/etc/weft/other.key")
        Path key) {

    CertificateFiles files() {
        return new CertificateFiles(certificate, key);
    }
}
