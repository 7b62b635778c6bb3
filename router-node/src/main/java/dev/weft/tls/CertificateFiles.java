package dev.weft.tls;

import java.nio.file.Path;

/**
 * A certificate and its key, both as PEM files.
 *
 * @param certificate the certificate, then the rest of its chain
 * @param key the private key without a passphrase: PKCS #8, or RSA (PKCS #1) or EC (SEC 1) as OpenSSL writes them
 */
public record CertificateFiles(Path certificate, Path key) {}
