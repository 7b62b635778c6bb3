package dev.weft.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The CPU time, user and system, that processes of this machine have used; from {@code /proc/PID/stat}. */
final class RouterCpu {
    /** {@code USER_HZ}: 100 on every Linux that Java runs on. */
    private static final long MICROSECONDS_PER_TICK = 10_000;

    private final List<Long> pids;

    RouterCpu(List<Long> pids) {
        this.pids = pids;
    }

    boolean isKnown() {
        return !pids.isEmpty();
    }

    /** Microseconds since the processes began, in steps of 10,000. */
    long microseconds() {
        long ticks = 0;
        for (long pid : pids) {
            try {
                ticks += ticks(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
            } catch (IOException e) {
                throw new UncheckedIOException("no CPU time of process " + pid, e);
            }
        }
        return ticks * MICROSECONDS_PER_TICK;
    }

    /** proc(5): utime and stime are the fields 14 and 15; the name, field 2, stands in brackets and may hold spaces. */
    static long ticks(String stat) {
        String[] fromField3 = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fromField3[11]) + Long.parseLong(fromField3[12]);
    }
}
