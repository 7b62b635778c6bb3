package dev.weft.load.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import one.profiler.AsyncProfilerLoader;

/** async-profiler in running Java processes of this machine: which stacks use the CPU, between its start and {@link #stop}. */
public final class AsyncProfiler {
    private final List<Long> pids;
    private final Path directory;

    private AsyncProfiler(List<Long> pids, Path directory) {
        this.pids = pids;
        this.directory = directory;
    }

    /**
     * Starts to look at the processes. Where the kernel does not let it count cycles, timers are used, and stacks end where
     * the kernel begins.
     *
     * @param directory for files in between
     */
    public static AsyncProfiler start(List<Long> pids, Path directory) throws IOException {
        AsyncProfilerLoader.setExtractionDirectory(Files.createDirectories(directory.resolve("async-profiler")));
        if (!AsyncProfilerLoader.isSupported()) {
            throw new IOException("async-profiler does not know this operating system or processor");
        }
        for (long pid : pids) {
            run(pid, "start", "-e", "cpu", "-i", "1ms");
        }
        return new AsyncProfiler(pids, directory);
    }

    /** What was seen since the start, in all processes together. */
    public Stacks stop() throws IOException {
        Stacks stacks = new Stacks();
        for (long pid : pids) {
            Path file = directory.resolve(pid + ".collapsed");
            run(pid, "stop", "-o", "collapsed", "-f", file.toAbsolutePath().toString());
            stacks.addCollapsed(file);
            Files.delete(file);
        }
        return stacks;
    }

    private static void run(long pid, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(Long.toString(pid));
        AsyncProfilerLoader.executeProfiler(all.toArray(String[]::new));
    }
}
