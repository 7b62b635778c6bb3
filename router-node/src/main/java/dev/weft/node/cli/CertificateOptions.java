package dev.weft.node.cli;

import dev.weft.tls.CertificateAuthority.Subject;
import dev.weft.tls.IssuedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** For whom a certificate is made, for how long, and where its files go. */
final class CertificateOptions {
    @Option(
            names = "--out",
            paramLabel = "PREFIX",
            required = true,
            description = "The files are PREFIX.crt and PREFIX.key.")
    private Path out = Path.of("");

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "365",
            description = "How long it is valid (default: 365).")
    private int days;

    Path certificate() {
        return out.resolveSibling(out.getFileName() + ".crt");
    }

    Path key() {
        return out.resolveSibling(out.getFileName() + ".key");
    }

    /**
     * @param hosts names and addresses
     * @throws TypeConversionException if one is neither
     */
    Subject subject(String name, List<String> hosts) {
        if (days < 1) {
            throw new TypeConversionException("--days is 1 or more");
        }
        List<String> dns = new ArrayList<>();
        List<byte[]> ips = new ArrayList<>();
        for (String host : hosts) {
            if (host.matches("[0-9.]+|.*:.*")) {
                ips.add(address(host));
            } else {
                dns.add(host);
            }
        }
        return new Subject(name, dns, ips, Instant.now(), Duration.ofDays(days));
    }

    private static byte[] address(String host) {
        try {
            return InetAddress.getByName(host).getAddress();
        } catch (UnknownHostException none) {
            throw new TypeConversionException(host + " is no address");
        }
    }

    void write(IssuedCertificate issued) throws IOException {
        Path parent = out.toAbsolutePath().getParent();
        if (parent != null) {
            SecretFile.createDirectory(parent);
        }
        SecretFile.write(key(), issued.keyPem());
        Files.writeString(certificate(), issued.certificatePem());
    }
}
