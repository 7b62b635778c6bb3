package dev.weft.bench;

import dev.weft.bench.History.Acceptance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** How what was accepted has changed, as a picture: time on the left, allocation on the right, a line for each class of benchmarks. */
final class HistoryPlot {
    private static final int HEIGHT = 260;
    private static final int WIDTH = 330;
    private static final int TOP = 60;
    private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"};

    /** Twice as dear and twice as cheap are at the borders, unless there is more to show. */
    private static final double LEAST_RANGE = 1;

    private final StringBuilder svg = new StringBuilder();
    private final List<Acceptance> acceptances;
    private final List<String> classes;

    private HistoryPlot(History history) {
        acceptances = history.acceptances();
        TreeSet<String> names = new TreeSet<>();
        acceptances.forEach(each -> each.figures().keySet().forEach(name -> names.add(classOf(name))));
        classes = List.copyOf(names);
    }

    static String of(History history) {
        return new HistoryPlot(history).draw();
    }

    private String draw() {
        int legend = Math.max(acceptances.size(), (classes.size() + 3) / 4);
        int height = TOP + HEIGHT + 60 + 16 * (classes.size() / 4 + 1) + 16 * legend;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 %d\" font-family=\"sans-serif\" font-size=\"12\">",
                height);
        add("<rect width=\"900\" height=\"%d\" fill=\"white\"/>", height);
        add(
                "<text x=\"20\" y=\"24\" font-size=\"15\">What the benchmarks' guard accepts, against the first figure of each</text>");
        panel(60, "time, over that of the calibration", (now, first) -> now.ratio() / first.ratio());
        panel(510, "bytes allocated", (now, first) -> (now.bytes() + 1) / (first.bytes() + 1));
        int y = TOP + HEIGHT + 48;
        for (int i = 0; i < classes.size(); i++) {
            add(
                    "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s %s</text>",
                    60 + 205 * (i % 4), y + 16 * (i / 4), colour(i), dashed(i) ? "- -" : "—", escaped(classes.get(i)));
        }
        y += 16 * (classes.size() / 4 + 1) + 8;
        for (int i = 0; i < acceptances.size(); i++) {
            Acceptance each = acceptances.get(i);
            add("<text x=\"60\" y=\"%d\">%d: %s, %s</text>", y + 16 * i, i + 1, each.day(), escaped(each.reason()));
        }
        add("</svg>");
        return svg.toString();
    }

    /** On a logarithmic scale, on which twice as dear is as far from the middle as half. */
    private void panel(int left, String title, BiFunction<Measured, Measured, Double> change) {
        List<List<double[]>> lines =
                classes.stream().map(name -> line(name, change)).toList();
        double range = lines.stream()
                .flatMap(List::stream)
                .mapToDouble(point -> Math.ceil(Math.abs(point[1])))
                .reduce(LEAST_RANGE, Math::max);
        add("<text x=\"%d\" y=\"%d\">%s</text>", left, TOP - 12, title);
        for (double power = -range; power <= range; power++) {
            double y = y(power, range);
            add("<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>", left, y, left + WIDTH, y);
            String label = power < 0
                    ? String.format(Locale.ROOT, "1/%.0f", Math.pow(2, -power))
                    : String.format(Locale.ROOT, "%.0f", Math.pow(2, power));
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", left - 6, y + 4, label);
        }
        for (int i = 0; i < acceptances.size(); i++) {
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>", left + x(i), TOP + HEIGHT + 18, i + 1);
        }
        for (int i = 0; i < lines.size(); i++) {
            StringBuilder at = new StringBuilder();
            lines.get(i)
                    .forEach(point ->
                            at.append(String.format(Locale.ROOT, "%.1f,%.1f ", left + point[0], y(point[1], range))));
            add(
                    "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"%s points=\"%s\"/>",
                    colour(i),
                    dashed(i) ? " stroke-dasharray=\"5,3\"" : "",
                    at.toString().strip());
        }
    }

    /** Where it is, and the power of two that it has changed by: the mean over the benchmarks of the class. */
    private List<double[]> line(String name, BiFunction<Measured, Measured, Double> change) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < acceptances.size(); i++) {
            Acceptance now = acceptances.get(i);
            OptionalDouble mean = now.figures().entrySet().stream()
                    .filter(each -> classOf(each.getKey()).equals(name))
                    .mapToDouble(each -> log2(change.apply(each.getValue(), first(each.getKey()))))
                    .average();
            if (mean.isPresent()) {
                points.add(new double[] {x(i), mean.getAsDouble()});
            }
        }
        return points;
    }

    private Measured first(String name) {
        return acceptances.stream()
                .map(each -> each.figures().get(name))
                .filter(each -> each != null)
                .findFirst()
                .orElseThrow();
    }

    private double x(int acceptance) {
        return WIDTH * (acceptance + 0.5) / acceptances.size();
    }

    private static double y(double power, double range) {
        return TOP + HEIGHT * (range - power) / (2 * range);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    private static String classOf(String benchmark) {
        return benchmark.substring(0, benchmark.indexOf('.')).replace("Benchmark", "");
    }

    private static String colour(int line) {
        return COLOURS[line % COLOURS.length];
    }

    private static boolean dashed(int line) {
        return line >= COLOURS.length;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
