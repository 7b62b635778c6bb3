package dev.weft.load.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes of this machine have used, added up; from {@code /proc}.
 *
 * @param cpuMicros CPU time, user and system, since they began, in steps of 10,000 microseconds
 * @param residentBytes memory that is resident now
 */
public record ProcessUsage(long cpuMicros, long residentBytes) {
    /** {@code USER_HZ}: 100 on every Linux that Java runs on. */
    private static final long MICROSECONDS_PER_TICK = 10_000;

    /** @throws IOException a process is not there any more, or this is not Linux */
    public static ProcessUsage of(List<Long> pids) throws IOException {
        long ticks = 0;
        long bytes = 0;
        for (long pid : pids) {
            Path directory = Path.of("/proc", Long.toString(pid));
            ticks += ticks(Files.readString(directory.resolve("stat")));
            bytes += residentBytes(Files.readString(directory.resolve("status")));
        }
        return new ProcessUsage(ticks * MICROSECONDS_PER_TICK, bytes);
    }

    /** proc(5): utime and stime are the fields 14 and 15; the name, field 2, stands in brackets and may hold spaces. */
    static long ticks(String stat) {
        String[] fromField3 = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fromField3[11]) + Long.parseLong(fromField3[12]);
    }

    static long residentBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
    }
}
