package dev.weft.load.chaos;

import dev.weft.load.chaos.fault.Fault;
import java.io.PrintWriter;
import java.util.Locale;

/** Tells a person what is going on. */
final class Progress {
    private final PrintWriter out;
    private final long start = System.nanoTime();

    Progress(PrintWriter out) {
        this.out = out;
    }

    /** The {@link System#nanoTime} from which all times are counted. */
    long start() {
        return start;
    }

    void say(String text) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - start) / 1e9, text);
        out.flush();
    }

    void fault(Fault fault) {
        say(String.format(Locale.ROOT, "%-16s %s", fault.kind().text(), fault.describe()));
    }

    /** @param nanos after the last fault was taken back */
    void recovered(long nanos) {
        say(String.format(Locale.ROOT, "%-16s whole after %d ms", "", nanos / 1_000_000));
    }
}
