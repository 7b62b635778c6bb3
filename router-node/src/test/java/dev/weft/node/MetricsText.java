package dev.weft.node;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a node says at {@code /metrics}. */
record MetricsText(String text) {
    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);

    /** The families, as Prometheus names them. */
    Set<String> families() {
        Set<String> families = new TreeSet<>();
        Matcher type = TYPE.matcher(text);
        while (type.find()) {
            families.add(type.group(1));
        }
        return families;
    }

    /** The figure of a series, which is given with its labels as it is written. */
    double value(String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in\n" + text));
    }
}
