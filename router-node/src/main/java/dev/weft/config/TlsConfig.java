package dev.weft.config;

import java.nio.file.Path;

/**
 * A certificate and its key, both as PEM files.
 *
 * @param certificate the certificate, then the rest of its chain
 * @param key the private key, PKCS #8 without a passphrase
 */
public record TlsConfig(
        @Key(
                doc = "The PEM file of the certificate, followed by the rest of its chain.",
                required = true,
                example = "/etc/weft/tls.crt")
        Path certificate,

        @Key(
                doc = "The PEM file of the private key (PKCS #8, no passphrase).",
                required = true,
                example = "/etc/weft/tls.key")
        Path key) {}
