package dev.weft.load.compare;

import dev.weft.load.profile.Share;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run of the profiler found, as a page for people. */
final class ProfilePage {
    private final StringBuilder page = new StringBuilder();

    /** @param circumstances of the run */
    ProfilePage(List<String> circumstances) {
        page.append("""
                # Where the CPU time goes

                <!-- Written by ./weft load profile, and written over by the next run. -->

                """);
        circumstances.forEach(line -> page.append("- ").append(line).append('\n'));
    }

    static String picture(Case what) {
        return what.id() + ".svg";
    }

    /** @param kernel whether it could be seen into */
    void add(Case what, Outcome outcome, Map<Share, Double> shares, boolean kernel) {
        page.append("\n## ").append(what.title()).append("\n\n");
        page.append(String.format(
                Locale.ROOT,
                "`%s`: %.2f µs of CPU time each, at %,.0f a second, the profiler included.%s%n%n",
                what.id(),
                outcome.cpuMicros(),
                outcome.perSecond(),
                kernel ? "" : " Its kernel did not let it look inside: what it did is counted to its callers."));
        page.append("| | share | µs each |\n|---|---|---|\n");
        shares.forEach((share, part) -> page.append(String.format(
                Locale.ROOT, "| %s | %.1f %% | %.2f |%n", share.title(), 100 * part, part * outcome.cpuMicros())));
        page.append(String.format(Locale.ROOT, "%n![flame graph: %s](%s)%n", what.title(), picture(what)));
    }

    String text() {
        return page.toString();
    }
}
