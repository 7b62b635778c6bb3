package dev.weft.load.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where contenders are installed and run.
 *
 * @param home the sources of Weft
 * @param directory for everything that is installed, written or logged
 */
public record Workshop(Path home, Path directory) {
    private static final int MINUTES_TO_INSTALL = 15;
    private static final String LOOPBACK = "127.0.0.1";

    public static Workshop create(Path home) throws IOException {
        return new Workshop(home, Files.createDirectories(home.resolve(".weft/compare")));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** What belongs to a contender in the sources. */
    Path sources(String contender) {
        return home.resolve("load-tests/compare").resolve(contender);
    }

    /**
     * Runs a command to its end.
     *
     * @return what it printed
     * @throws Unavailable it is not there or has failed
     */
    String run(Path where, List<String> command) throws Unavailable, IOException, InterruptedException {
        Path log = file(Path.of(command.get(0)).getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            throw new Unavailable("there is no " + command.get(0));
        }
        if (!process.waitFor(MINUTES_TO_INSTALL, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new Unavailable(String.join(" ", command) + " takes too long");
        }
        if (process.exitValue() != 0) {
            throw new Unavailable(String.join(" ", command) + " failed: see " + log);
        }
        return Files.readString(log);
    }

    /** Starts a command that stays, and logs to a file of its name; its standard input stays open as long as this process lives. */
    Process start(String name, List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(file(name + ".log").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    static String address(int port) {
        return LOOPBACK + ":" + port;
    }
}
