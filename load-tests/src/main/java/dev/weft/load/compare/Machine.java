package dev.weft.load.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** What everything was measured on. */
final class Machine {
    private Machine() {}

    static String describe() throws IOException {
        long memoryKilobytes = Long.parseLong(first("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", ""));
        return String.format(
                Locale.ROOT,
                "%s, %d processors, %,d MiB, Linux %s, Java %s (%s)",
                first("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                memoryKilobytes / 1024,
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
                Runtime.version(),
                System.getProperty("java.vm.name"));
    }

    /** When something begins to be measured, and what else went on. */
    static String before() throws IOException {
        return "on " + Instant.now().truncatedTo(ChronoUnit.MINUTES) + ", load average before " + load();
    }

    /** Mean number of threads that wanted to run in the last minute. */
    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }

    private static String first(String file, String key) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(file));
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
