package dev.weft.load.chaos.node;

import dev.weft.load.chaos.net.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One process of a node, from its start to its end. A node that is restarted is another one of these. */
final class NodeProcess {
    private static final String READY = "READY ";

    private final String name;
    private final Process process;
    private final Path log;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private NodeProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** @param log what the node logs is appended to it */
    static NodeProcess start(String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        NodeProcess node = new NodeProcess(name, builder.start(), log);
        Thread reader = new Thread(node::readOutput, "output of " + name);
        reader.setDaemon(true);
        reader.start();
        return node;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    boolean isReady() {
        return isRunning() && ready.isDone() && !ready.isCompletedExceptionally();
    }

    void awaitReady(int seconds) throws IOException, InterruptedException {
        try {
            ready.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IOException(name + " is not ready after " + seconds + " s: see " + log, late);
        } catch (ExecutionException ended) {
            throw new IOException(name + " ended before it was ready: see " + log, ended);
        }
    }

    /** {@code kill -9}; returns when it is dead. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    boolean awaitEnd(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** SIGSTOP. */
    void freeze() throws IOException {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException {
        Commands.run(List.of("kill", "-" + signal, Long.toString(process.pid())), "");
    }

    private void readOutput() {
        try (InputStream output = process.getInputStream();
                BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(READY)) {
                    ready.complete(null);
                }
            }
        } catch (IOException closed) {
            ready.completeExceptionally(closed);
        }
        ready.completeExceptionally(new IOException("the output ended"));
    }
}
