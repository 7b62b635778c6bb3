package dev.weft.load.compare;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The page that comes of a comparison, in Markdown. */
final class PerformancePage {
    private static final String PREFACE = "<!-- preface -->";
    private static final String END_OF_PREFACE = "<!-- /preface -->";

    /** Above, the load tool may be what is measured. */
    private static final double BUSY = 0.9;

    private final StringBuilder text = new StringBuilder();
    private final Results results;
    private final List<String> contenders;

    private PerformancePage(Results results, List<String> contenders) {
        this.results = results;
        this.contenders = contenders;
    }

    /**
     * Writes it anew, with the preface of the old one.
     *
     * @param old empty if there is none
     * @param circumstances when, where and how it was measured, a line each
     * @param versions of those who took part
     * @param leftOut who did not, and why
     */
    static String write(
            String old,
            Results results,
            List<String> circumstances,
            Map<String, String> versions,
            Map<String, String> leftOut) {
        PerformancePage page = new PerformancePage(results, List.copyOf(versions.keySet()));
        page.head(preface(old));
        circumstances.forEach(each -> page.line("- %s", each));
        page.participants(versions, leftOut);
        page.budgets();
        page.glance();
        results.cases().forEach(page::details);
        return page.text.toString();
    }

    static String preface(String old) {
        int start = old.indexOf(PREFACE);
        int end = old.indexOf(END_OF_PREFACE);
        return start < 0 || end < start
                ? ""
                : old.substring(start + PREFACE.length(), end).strip();
    }

    private void head(String preface) {
        line("# Performance");
        line("");
        line("<!-- Written by ./weft load compare, and written over by the next run; only the preface is kept. -->");
        line(PREFACE);
        text.append(preface).append(preface.isEmpty() ? "" : "\n");
        line(END_OF_PREFACE);
        line("");
        line("## How it was measured");
        line("");
    }

    private void participants(Map<String, String> versions, Map<String, String> leftOut) {
        line("");
        line("| who | version |");
        line("|---|---|");
        versions.forEach((name, version) -> line("| %s | %s |", name, version));
        leftOut.forEach((name, reason) -> line("| %s | LEFT OUT: %s |", name, reason));
        line("");
        line(
                "Figures are medians over the rounds, with the range in brackets. CPU time is that of the router's processes, user and");
        line(
                "system, for each round trip or delivered event. Ratios are formed within a round, and then their median.");
    }

    private void budgets() {
        line("");
        line("## What Weft is to reach");
        line("");
        line("| what | wanted | measured | |");
        line("|---|---|---|---|");
        for (Budget budget : Budget.of(results)) {
            String measured = budget.measured().map(Spread::text).orElse("");
            line("| %s | %s | %s | %s |", budget.what(), budget.wanted(), measured, budget.verdict());
        }
    }

    /** Cost as multiples of Weft's. */
    private void glance() {
        line("");
        line("## CPU time as a multiple of Weft's");
        line("");
        line("For idle sessions memory. Under 1 is cheaper than Weft.");
        line("");
        line("| | %s |", String.join(" | ", contenders));
        line("|---|%s", "---|".repeat(contenders.size()));
        for (Case what : results.cases()) {
            ToDoubleFunction<Outcome> figure = what.isAboutMemory() ? Outcome::bytesPerSession : Outcome::cpuMicros;
            StringBuilder row = new StringBuilder();
            for (String contender : contenders) {
                Optional<Spread> ratio = results.ratio(what.id(), contender, what.id(), WeftContender.NAME, figure);
                row.append(" | ")
                        .append(ratio.map(spread -> Spread.number(spread.median()))
                                .orElse(""));
            }
            line("| %s%s |", what.title(), row);
        }
    }

    private void details(Case what) {
        line("");
        line("## %s", what.title());
        line("");
        if (what.isAboutMemory()) {
            line("| | bytes per session |");
            line("|---|---|");
        } else {
            line("| | CPU µs each | per second | p50 µs | p99 µs | tool busy |");
            line("|---|---|---|---|---|---|");
        }
        for (String contender : results.contenders(what.id())) {
            if (what.isAboutMemory()) {
                line("| %s | %s |", contender, figure(what, contender, Outcome::bytesPerSession));
            } else {
                row(what, contender);
            }
        }
        results.failures(what.id()).forEach((name, reason) -> line("%n%s failed: %s.", name, reason));
        for (String contender : results.contenders(what.id())) {
            remarks(contender, results.outcomes(what.id(), contender).values());
        }
    }

    private void row(Case what, String contender) {
        line(
                "| %s | %s | %s | %s | %s | %s |",
                contender,
                figure(what, contender, Outcome::cpuMicros),
                figure(what, contender, Outcome::perSecond),
                figure(what, contender, Outcome::p50Micros),
                figure(what, contender, Outcome::p99Micros),
                results.spread(what.id(), contender, Outcome::toolBusy)
                        .map(busy -> String.format(Locale.ROOT, "%.0f %%", busy.median() * 100))
                        .orElse(""));
    }

    private String figure(Case what, String contender, ToDoubleFunction<Outcome> figure) {
        return results.spread(what.id(), contender, figure).map(Spread::text).orElse("");
    }

    private void remarks(String contender, Collection<Outcome> outcomes) {
        List<String> faults = outcomes.stream()
                .map(Outcome::faults)
                .filter(each -> !each.isEmpty())
                .toList();
        if (!faults.isEmpty()) {
            line("%n%s, messages by round: %s.", contender, String.join("; ", faults));
        }
        if (outcomes.stream().anyMatch(outcome -> outcome.toolBusy() > BUSY)) {
            line("%n%s: the load tool was the limit; throughput and latency are the tool's.", contender);
        }
        outcomes.stream()
                .flatMap(outcome -> outcome.notes().stream())
                .distinct()
                .forEach(note -> line("%n%s: %s.", contender, note));
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
