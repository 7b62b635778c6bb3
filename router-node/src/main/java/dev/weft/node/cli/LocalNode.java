package dev.weft.node.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A node in a process of its own. Its standard input is a pipe from this process and nothing is ever written to it: when
 * this process ends, in whatever way, the pipe closes and the node stops.
 */
final class LocalNode {
    private static final int SHOWN_LOG_LINES = 15;

    private final String name;
    private final Path log;
    private final Process process;
    private final CompletableFuture<ReadyLine> ready = new CompletableFuture<>();

    private LocalNode(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts the process; its log lines go to {@code log}.
     *
     * @throws IOException if there is no process to be had
     */
    static LocalNode start(String name, ProcessBuilder command, Path log) throws IOException {
        command.redirectError(log.toFile());
        LocalNode node = new LocalNode(name, log, command.start());
        Thread reader = new Thread(node::readOutput, "weft-" + name);
        reader.setDaemon(true);
        reader.start();
        return node;
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the node is ready, or exceptionally when its process ends before. */
    CompletableFuture<ReadyLine> ready() {
        return ready;
    }

    /** Tells when the process has ended. Called on another thread. */
    void onExit(Consumer<LocalNode> action) {
        process.onExit().thenRun(() -> action.accept(this));
    }

    int exitValue() {
        return process.exitValue();
    }

    /** Asks the node to stop. */
    void terminate() {
        // Process.destroy would also close the pipes, and take the rest of the node's output away.
        process.toHandle().destroy();
    }

    /** Waits for the process to end; ends it by force after the time. Returns whether that was not needed. */
    boolean awaitExit(long time, TimeUnit unit) throws InterruptedException {
        try {
            process.onExit().get(time, unit);
            return true;
        } catch (TimeoutException e) {
            process.destroyForcibly().waitFor();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for " + name + " failed", e);
        }
    }

    /** The end of its log. */
    List<String> lastLogLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size());
        } catch (IOException e) {
            return List.of("(its log cannot be read: " + e.getMessage() + ")");
        }
    }

    private void readOutput() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                ReadyLine.parse(line).ifPresent(ready::complete);
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IOException(name + " ended before it was ready"));
    }
}
