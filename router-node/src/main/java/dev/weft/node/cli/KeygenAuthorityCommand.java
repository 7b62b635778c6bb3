package dev.weft.node.cli;

import dev.weft.tls.CertificateAuthority;
import dev.weft.tls.IssuedCertificate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** An authority that signs certificates. */
@Command(name = "ca", description = "An authority that signs certificates, of nodes or of clients.")
final class KeygenAuthorityCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "weft-ca",
            description = "Its name (default: weft-ca).")
    private String name = "";

    @Mixin
    private final CertificateOptions options = new CertificateOptions();

    KeygenAuthorityCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        IssuedCertificate made;
        try {
            made = CertificateAuthority.create(options.subject(name, List.of()));
        } catch (TypeConversionException wrong) {
            console.err().println("weft keygen: " + wrong.getMessage());
            return ExitStatus.USAGE;
        }
        return KeygenCommand.write(console, "weft keygen", () -> {
            options.write(made);
            console.out().println(options.certificate() + " and " + options.key() + ": authority " + name);
        });
    }
}
