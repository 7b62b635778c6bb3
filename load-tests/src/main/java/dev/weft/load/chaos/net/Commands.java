package dev.weft.load.chaos.net;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands of the operating system. */
public final class Commands {
    private static final int PATIENCE_SECONDS = 20;

    private Commands() {}

    /**
     * @param input for its standard input
     * @throws IOException if it cannot be run, fails, or takes longer than 20 s; with what it said
     */
    public static void run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " takes longer than " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", interrupted);
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + " failed with " + process.exitValue() + ": " + said.strip());
        }
    }

    /** Whether it can be run and succeeds. */
    public static boolean succeeds(List<String> command) {
        try {
            run(command, "");
            return true;
        } catch (IOException failure) {
            return false;
        }
    }
}
