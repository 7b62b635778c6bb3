package dev.weft.load.conformance;

import dev.weft.load.conformance.Verdict.Outcome;
import dev.weft.load.conformance.feature.Feature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What several routers do of the specification, in Markdown, as a part of a page that is otherwise written by hand. */
final class ComparisonPage {
    private static final String START = "<!-- comparison: written by ./weft conformance compare, and written over -->";
    private static final String END = "<!-- /comparison -->";
    private static final int LONGEST_FAULT = 180;

    private final StringBuilder text = new StringBuilder();

    private ComparisonPage() {}

    /**
     * The page with the comparison in place of the old one.
     *
     * @param page with the marks of the part
     * @param day on which the routers were judged
     * @param routers with what came of each, in the order of the columns
     * @param leftOut who could not be had, and why
     * @throws IllegalArgumentException the page has no such part
     */
    static String replace(String page, String day, Map<Router, List<Verdict>> routers, Map<String, String> leftOut) {
        int start = page.indexOf(START);
        int end = page.indexOf(END);
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("the page has no lines " + START + " and " + END);
        }
        ComparisonPage part = new ComparisonPage();
        part.head(day, routers.keySet(), leftOut);
        part.table(routers);
        routers.forEach(part::faults);
        return page.substring(0, start + START.length()) + "\n" + part.text + page.substring(end);
    }

    /**
     * A router that was judged.
     *
     * @param name over its column
     * @param version also of what it ran on
     */
    record Router(String name, String version) {}

    private void head(String day, Iterable<Router> routers, Map<String, String> leftOut) {
        line("On %s:", day);
        line("");
        routers.forEach(router -> line("- %s: %s", router.name(), router.version()));
        leftOut.forEach((name, reason) -> line("- LEFT OUT: %s: %s", name, reason));
        line("");
    }

    private void table(Map<Router, List<Verdict>> routers) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        List<String> totals = new ArrayList<>();
        routers.forEach((router, verdicts) -> {
            totals.add(total(verdicts));
            byFeature(verdicts)
                    .forEach((feature, of) -> rows.computeIfAbsent(feature.name(), name -> new ArrayList<>())
                            .add(cell(of)));
        });
        List<String> names = routers.keySet().stream().map(Router::name).toList();
        line("| feature | %s |", String.join(" | ", names));
        line("|---|%s", "---|".repeat(names.size()));
        rows.forEach((feature, cells) -> line("| %s | %s |", feature, String.join(" | ", cells)));
        line("| **all checks: passed, failed, not announced** | %s |", String.join(" | ", totals));
    }

    private static Map<Feature, List<Verdict>> byFeature(List<Verdict> verdicts) {
        Map<Feature, List<Verdict>> features = new LinkedHashMap<>();
        verdicts.forEach(verdict -> features.computeIfAbsent(verdict.feature(), first -> new ArrayList<>())
                .add(verdict));
        return features;
    }

    private static long count(List<Verdict> verdicts, Outcome outcome) {
        return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
    }

    private static String cell(List<Verdict> verdicts) {
        long passed = count(verdicts, Outcome.PASSED);
        if (count(verdicts, Outcome.NOT_ANNOUNCED) == verdicts.size()) {
            return "not announced";
        }
        return passed == verdicts.size() ? "all " + passed : "**" + passed + " of " + verdicts.size() + "**";
    }

    private static String total(List<Verdict> verdicts) {
        return String.format(
                Locale.ROOT,
                "%,d, %,d, %,d",
                count(verdicts, Outcome.PASSED),
                count(verdicts, Outcome.FAILED),
                count(verdicts, Outcome.NOT_ANNOUNCED));
    }

    private void faults(Router router, List<Verdict> verdicts) {
        line("");
        line(
                "%s: %s",
                router.name(), Verdict.failed(verdicts).isEmpty() ? "nothing failed." : "what failed, and how often.");
        Verdict.byCheck(verdicts).forEach((check, all) -> {
            List<Verdict> failed = Verdict.failed(all);
            if (!failed.isEmpty()) {
                String said = failed.get(0).said().replace('`', '\'').replace('\n', ' ');
                String shown = said.length() > LONGEST_FAULT ? said.substring(0, LONGEST_FAULT) + " ..." : said;
                line("- %s, %d of %d: `%s`", check, failed.size(), all.size(), shown);
            }
        });
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
