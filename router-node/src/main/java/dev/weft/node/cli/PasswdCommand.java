package dev.weft.node.cli;

import dev.weft.config.ConfigProblem;
import dev.weft.config.PrincipalsReader;
import dev.weft.node.cli.PrincipalsText.Unchangeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Sets a password in a file of principals. */
@Command(
        name = "passwd",
        description = "Set a user's password in a file of principals; all else in it stays as it is.",
        footer = {
            "",
            "The password is asked for, or is the first line of standard input. A file that is not there is made,",
            "readable by its owner only. Nodes notice that a file has changed."
        })
final class PasswdCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, String> environment;

    @Parameters(index = "0", paramLabel = "FILE", description = "The file of principals.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "USER", description = "The authid.")
    private String user = "";

    @Option(names = "--role", paramLabel = "ROLE", description = "The role of a user who is not in the file yet.")
    private @Nullable String role;

    @Mixin
    private final PasswordOptions options = new PasswordOptions();

    PasswdCommand(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            return set();
        } catch (TypeConversionException wrong) {
            return fail(String.valueOf(wrong.getMessage()), ExitStatus.USAGE);
        } catch (Unchangeable unchangeable) {
            return fail(file + ": " + unchangeable.getMessage(), ExitStatus.FAILED);
        } catch (IOException | IllegalArgumentException failure) {
            return fail(String.valueOf(failure.getMessage()), ExitStatus.FAILED);
        }
    }

    private int set() throws IOException, Unchangeable {
        boolean there = Files.exists(file);
        PrincipalsText present = new PrincipalsText(there ? Files.readString(file) : "");
        boolean known = there && present.has(user);
        if (!known && role == null) {
            return fail(user + " is not in " + file + "; a new user needs --role", ExitStatus.USAGE);
        }
        String key = options.method().name();
        String value = options.hash(PasswordInput.read());
        String changed;
        if (known) {
            changed = present.with(user, key, value);
        } else if (there) {
            changed = present.plus(user, String.valueOf(role), key, value);
        } else {
            changed = PrincipalsText.withOne(user, String.valueOf(role), key, value);
        }
        return replace(changed, there);
    }

    /** What a node would not accept does not take the place of what was there. */
    private int replace(String changed, boolean there) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path written = absolute.resolveSibling(file.getFileName() + "." + RandomText.of(6) + ".tmp");
        SecretFile.write(written, changed);
        try {
            List<ConfigProblem> problems =
                    new PrincipalsReader(environment).read("", List.of(written)).problems();
            for (ConfigProblem problem : problems) {
                if (problem.severity() == ConfigProblem.Severity.ERROR) {
                    return fail(file + " would not be accepted: " + problem.message(), ExitStatus.FAILED);
                }
            }
            if (there) {
                keepPermissions(absolute, written);
            }
            Files.move(written, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
        console.out().println(user + " has a new password for " + options.method() + " in " + file);
        return ExitStatus.OK;
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        if (Files.getFileAttributeView(from, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }

    private int fail(String message, int status) {
        console.err().println("weft passwd: " + message);
        return status;
    }
}
