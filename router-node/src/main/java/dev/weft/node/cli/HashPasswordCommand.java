package dev.weft.node.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.TypeConversionException;

/** What is stored of a password. */
@Command(
        name = "hash-password",
        description = "What a file of principals has of a password: it checks it and does not show it.",
        footer = {
            "",
            "The password is asked for, or is the first line of standard input. It is never an argument:",
            "arguments are seen by everyone on the machine."
        })
final class HashPasswordCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final PasswordOptions options = new PasswordOptions();

    HashPasswordCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            console.out().println(options.hash(PasswordInput.read()));
            return ExitStatus.OK;
        } catch (TypeConversionException wrong) {
            console.err().println("weft hash-password: " + wrong.getMessage());
            return ExitStatus.USAGE;
        } catch (IOException | IllegalArgumentException failure) {
            console.err().println("weft hash-password: " + failure.getMessage());
            return ExitStatus.FAILED;
        }
    }
}
