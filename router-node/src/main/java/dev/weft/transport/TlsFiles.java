package dev.weft.transport;

import java.nio.file.Path;

/** The PEM files of a listener that speaks TLS: the certificate with its chain, and its private key. */
public record TlsFiles(Path certificate, Path key) {}
