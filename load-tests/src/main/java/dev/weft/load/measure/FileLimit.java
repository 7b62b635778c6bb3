package dev.weft.load.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** How many files, hence sockets, processes of this machine may have open; from {@code /proc/PID/limits}. */
public final class FileLimit {
    private FileLimit() {}

    /** The least of this process and the others; {@link Integer#MAX_VALUE} if it is not known. */
    public static int of(Collection<Long> others) {
        int least = of("self");
        for (long pid : others) {
            least = Math.min(least, of(Long.toString(pid)));
        }
        return least;
    }

    private static int of(String process) {
        try {
            return parse(Files.readString(Path.of("/proc", process, "limits")));
        } catch (IOException unknown) {
            return Integer.MAX_VALUE;
        }
    }

    static int parse(String limits) {
        return limits.lines()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.substring("Max open files".length()).strip().split("\\s+")[0])
                .filter(soft -> soft.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }
}
