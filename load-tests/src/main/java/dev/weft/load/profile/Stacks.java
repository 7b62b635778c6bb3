package dev.weft.load.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The samples of a profiler: stacks, outermost frame first, and how often each was seen. */
public final class Stacks {
    /** What async-profiler appends to the frames of the kernel. */
    private static final String OF_KERNEL = "_[k]";

    private final List<Stack> stacks = new ArrayList<>();
    private long samples;

    /** @param frames outermost first */
    record Stack(List<String> frames, long samples) {}

    /** Adds what is in a file of collapsed stacks: frames between semicolons, a blank, and a number. */
    public void addCollapsed(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            int blank = line.lastIndexOf(' ');
            if (blank > 0) {
                add(List.of(line.substring(0, blank).split(";")), Long.parseLong(line.substring(blank + 1)));
            }
        }
    }

    void add(List<String> frames, long times) {
        stacks.add(new Stack(frames, times));
        samples += times;
    }

    List<Stack> all() {
        return stacks;
    }

    long samples() {
        return samples;
    }

    /** Whether the profiler could look into the kernel. */
    public boolean reachIntoKernel() {
        return stacks.stream().anyMatch(stack -> stack.frames().stream().anyMatch(Stacks::isOfKernel));
    }

    static boolean isOfKernel(String frame) {
        return frame.endsWith(OF_KERNEL);
    }
}
