package dev.weft.node.cli;

import dev.weft.tls.CertificateAuthority;
import dev.weft.tls.CertificateAuthority.Subject;
import dev.weft.tls.IssuedCertificate;
import dev.weft.tls.TlsProblem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A certificate for a listener, a node or a client. */
@Command(
        name = "certificate",
        description = "A certificate for a listener, a node or a client, signed by an authority or by itself.",
        footer = {
            "",
            "For links (cluster.link.tls), NAME is the name of the node or of the cluster.",
            "For example:",
            "  weft keygen ca --out ca",
            "  weft keygen certificate --ca ca --name weft-1 --host weft-1.example.com --out weft-1"
        })
final class KeygenCertificateCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "localhost",
            description =
                    "The common name; also a host name that it is for, unless --host is given (default: localhost).")
    private String name = "";

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "A host name or address that it is for; may be given more than once.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--ca",
            paramLabel = "PREFIX",
            description = "The authority: PREFIX.crt and PREFIX.key (default: it signs itself).")
    private @Nullable Path authority;

    @Mixin
    private final CertificateOptions options = new CertificateOptions();

    KeygenCertificateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        IssuedCertificate made;
        try {
            made = issue(options.subject(name, hosts.isEmpty() ? List.of(name) : hosts));
        } catch (TypeConversionException wrong) {
            console.err().println("weft keygen: " + wrong.getMessage());
            return ExitStatus.USAGE;
        } catch (TlsProblem unusable) {
            console.err().println("weft keygen: " + unusable.getMessage());
            return ExitStatus.FAILED;
        }
        return KeygenCommand.write(console, "weft keygen", () -> {
            options.write(made);
            console.out().println(options.certificate() + " and " + options.key() + ": " + name);
        });
    }

    private IssuedCertificate issue(Subject subject) throws TlsProblem {
        Path signer = authority;
        if (signer == null) {
            return CertificateAuthority.selfSigned(subject);
        }
        return CertificateAuthority.read(
                        signer.resolveSibling(signer.getFileName() + ".crt"),
                        signer.resolveSibling(signer.getFileName() + ".key"),
                        Instant.now())
                .issue(subject);
    }
}
