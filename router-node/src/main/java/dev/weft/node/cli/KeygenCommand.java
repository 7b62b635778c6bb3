package dev.weft.node.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes keys and certificates. */
@Command(
        name = "keygen",
        description = "Make keys and certificates.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Files with keys are readable by their owner only, and none is written over."})
final class KeygenCommand {
    private KeygenCommand() {}

    static CommandLine create(Console console) {
        CommandLine command = new CommandLine(new KeygenCommand());
        command.addSubcommand(new ClusterKey(console));
        command.addSubcommand(new Cryptosign(console));
        command.addSubcommand(new KeygenAuthorityCommand(console));
        command.addSubcommand(new KeygenCertificateCommand(console));
        command.getSubcommands().values().forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
        return command;
    }

    /** What is to be written to a file. */
    interface Writing {
        void run() throws IOException;
    }

    /** Writes, and says what was in the way. */
    static int write(Console console, String command, Writing writing) {
        try {
            writing.run();
            return ExitStatus.OK;
        } catch (FileAlreadyExistsException there) {
            console.err().println(command + ": " + there.getFile() + " is there already, and is not written over");
        } catch (IOException failure) {
            console.err().println(command + ": " + failure.getClass().getSimpleName() + ": " + failure.getMessage());
        }
        return ExitStatus.FAILED;
    }

    /** The key that the nodes of a cluster share. */
    @Command(name = "cluster", description = "The key of a cluster (cluster.key): 32 random bytes, in base64.")
    private static final class ClusterKey implements Callable<Integer> {
        private static final int BYTES = 32;

        private final Console console;

        @Option(names = "--out", paramLabel = "FILE", description = "Write it there instead of to standard output.")
        private @Nullable Path out;

        ClusterKey(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            String key = RandomText.of(BYTES);
            Path file = out;
            if (file == null) {
                console.out().println(key);
                return ExitStatus.OK;
            }
            return write(console, "weft keygen", () -> SecretFile.write(file, key + "\n"));
        }
    }

    /** The keys of a client, or of the router, for WAMP-Cryptosign. */
    @Command(
            name = "cryptosign",
            description = "A pair of Ed25519 keys for WAMP-Cryptosign, 64 hexadecimal digits each.")
    private static final class Cryptosign implements Callable<Integer> {
        private final Console console;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "Write the private key there, and only the public one to standard output.")
        private @Nullable Path out;

        Cryptosign(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            Ed25519Pair pair = Ed25519Pair.create();
            Path file = out;
            if (file == null) {
                console.out().println("private-key: " + pair.privateKey());
                console.out().println("public-key: " + pair.publicKey());
                return ExitStatus.OK;
            }
            return write(console, "weft keygen", () -> {
                SecretFile.write(file, pair.privateKey() + "\n");
                console.out().println("public-key: " + pair.publicKey());
            });
        }
    }
}
