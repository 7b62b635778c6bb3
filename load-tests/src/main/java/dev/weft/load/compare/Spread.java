package dev.weft.load.compare;

import java.util.List;
import java.util.Locale;

/** Several measurements of the same. */
record Spread(double median, double least, double most) {
    /** @param values one or more */
    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(size - 1));
    }

    /** The median, and the range if there is one. */
    String text() {
        String middle = number(median);
        return least == most ? middle : middle + " (" + number(least) + " to " + number(most) + ")";
    }

    /** With three digits that say something. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
