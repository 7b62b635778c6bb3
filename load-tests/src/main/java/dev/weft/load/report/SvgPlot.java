package dev.weft.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A result as a picture: latency by percentile on the left, throughput over time on the right. */
public final class SvgPlot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 420;
    private static final double[] PERCENTILES = {0, 50, 90, 99, 99.9, 99.99};

    private final StringBuilder svg = new StringBuilder();

    private SvgPlot() {}

    public static String of(RunResult result) {
        return new SvgPlot().draw(result);
    }

    private String draw(RunResult result) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, HEIGHT);
        add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
        add(
                "<text x=\"20\" y=\"24\" font-size=\"15\">%s</text>",
                Xml.escaped(result.scenario().name()));
        drawLatencies(result);
        drawThroughput(result);
        add("</svg>");
        return svg.toString();
    }

    private void drawLatencies(RunResult result) {
        double highest = result.loads().stream()
                .mapToDouble(load -> load.latencies().getMaxValue() / 1e6)
                .max()
                .orElse(0);
        PlotArea area = new PlotArea(80, 60, 390, 300, nines(PERCENTILES[PERCENTILES.length - 1]), Scale.over(highest));
        add("<text x=\"80\" y=\"48\">latency in milliseconds, by percentile</text>");
        drawFrame(area);
        for (double percentile : PERCENTILES) {
            String label = String.valueOf(percentile).replaceAll("\\.0$", "");
            drawTick(area, nines(percentile), label);
        }
        for (int i = 0; i < result.loads().size(); i++) {
            LoadResult load = result.loads().get(i);
            drawLine(area, curve(load.latencies()), Colour.of(i), load.operation(), i);
        }
    }

    /** Percentiles are as far apart as the nines they have. */
    private static List<double[]> curve(Histogram nanos) {
        List<double[]> points = new ArrayList<>();
        if (nanos.getTotalCount() > 0) {
            double end = nines(PERCENTILES[PERCENTILES.length - 1]);
            for (double x = 0; x <= end + 1e-9; x += 0.02) {
                double percentile = 100 * (1 - Math.pow(10, -x));
                points.add(new double[] {x, nanos.getValueAtPercentile(percentile) / 1e6});
            }
        }
        return points;
    }

    private static double nines(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }

    private void drawThroughput(RunResult result) {
        double highest =
                result.samples().stream().mapToDouble(Sample::perSecond).max().orElse(0);
        double seconds = Math.max(1, result.seconds());
        PlotArea area = new PlotArea(570, 60, 390, 300, seconds, Scale.over(highest));
        add("<text x=\"570\" y=\"48\">operations per second, over time in seconds</text>");
        drawFrame(area);
        int step = (int) Math.ceil(seconds / 10);
        for (int second = 0; second <= seconds; second += step) {
            drawTick(area, second, String.valueOf(second));
        }
        List<double[]> points = result.samples().stream()
                .map(sample -> new double[] {sample.second(), sample.perSecond()})
                .toList();
        drawLine(area, points, Colour.of(0), "operations", 0);
    }

    private void drawFrame(PlotArea area) {
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#999\"/>",
                area.left(), area.top(), area.width(), area.height());
        for (double value : Scale.ticks(area.highest())) {
            double y = area.y(value);
            add(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>",
                    area.left(), y, area.left() + area.width(), y);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", area.left() - 6, y + 4, Scale.label(value));
        }
    }

    private void drawTick(PlotArea area, double x, String label) {
        int bottom = area.top() + area.height();
        add(
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#999\"/>",
                area.x(x), bottom, area.x(x), bottom + 4);
        add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", area.x(x), bottom + 18, label);
    }

    private void drawLine(PlotArea area, List<double[]> points, String colour, String name, int number) {
        StringBuilder at = new StringBuilder();
        for (double[] point : points) {
            at.append(String.format(Locale.ROOT, "%.1f,%.1f ", area.x(point[0]), area.y(point[1])));
        }
        add(
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>",
                colour, at.toString().strip());
        int x = area.left() + 12;
        int y = area.top() + 18 + 16 * number;
        add("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>", x, y, colour, Xml.escaped(name));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /**
     * Where a curve is drawn, in pixels, and the highest values there are; the lowest are 0.
     *
     * @param farthest the value at the right border
     * @param highest the value at the top
     */
    private record PlotArea(int left, int top, int width, int height, double farthest, double highest) {
        double x(double value) {
            return left + width * Math.min(1, value / farthest);
        }

        double y(double value) {
            return top + height * (1 - Math.min(1, value / highest));
        }
    }

    /** Round numbers. */
    private static final class Scale {
        private Scale() {}

        /** The least of 1, 2, 5, 10, 20, ... that is not under the value. */
        static double over(double value) {
            double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-6))));
            for (int factor : new int[] {1, 2, 5}) {
                if (factor * power >= value) {
                    return factor * power;
                }
            }
            return 10 * power;
        }

        static double[] ticks(double highest) {
            return new double[] {0, highest / 4, highest / 2, highest * 3 / 4, highest};
        }

        static String label(double value) {
            return value >= 100
                    ? String.format(Locale.ROOT, "%,.0f", value)
                    : String.format(Locale.ROOT, "%.4f", value).replaceAll("\\.?0+$", "");
        }
    }

    /** Colours that differ for everybody. */
    private static final class Colour {
        private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73", "#cc79a7"};

        private Colour() {}

        static String of(int number) {
            return COLOURS[number % COLOURS.length];
        }
    }
}
