package dev.weft.node.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A secret that nobody can guess. */
@Command(
        name = "token",
        description = "A random token in base64, for tickets and other secrets that machines show.",
        footer = {"", "Standard output has the token and nothing else."})
final class TokenCommand implements Callable<Integer> {
    private static final int LEAST = 16;
    private static final int MOST = 512;

    private final Console console;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "32",
            description = "Random bytes in it, 16 to 512 (default: 32).")
    private int bytes;

    @Option(names = "--out", paramLabel = "FILE", description = "Write it there instead of to standard output.")
    private @Nullable Path out;

    TokenCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (bytes < LEAST || bytes > MOST) {
            console.err().println("weft token: --bytes is " + LEAST + " to " + MOST);
            return ExitStatus.USAGE;
        }
        String token = RandomText.of(bytes);
        Path file = out;
        if (file == null) {
            console.out().println(token);
            return ExitStatus.OK;
        }
        return KeygenCommand.write(console, "weft token", () -> SecretFile.write(file, token + "\n"));
    }
}
