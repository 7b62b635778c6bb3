package dev.weft.tls;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one place speaks TLS with, for people and machines that watch.
 *
 * @param name {@code listener public}, {@code links}, {@code admin}
 * @param loaded when what is used now was read
 * @param reloads how often other files were taken into use since the start
 * @param refused how often files were found that could not be used
 * @param problem why the files that are there now are not used; null if they are
 */
public record TlsStatus(
        String name,
        List<Shown> certificates,
        Instant loaded,
        long reloads,
        long refused,
        @Nullable String problem) {

    /**
     * A certificate in use.
     *
     * @param names the DNS names that it is for
     * @param notAfter the last moment at which it, and all of its chain, is valid
     * @param sha256 fingerprint, in hexadecimal
     */
    public record Shown(String subject, List<String> names, Instant notAfter, String sha256) {}

    public TlsStatus {
        certificates = List.copyOf(certificates);
    }
}
