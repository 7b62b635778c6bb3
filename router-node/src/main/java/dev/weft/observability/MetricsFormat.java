package dev.weft.observability;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How metrics are written. */
public enum MetricsFormat {
    /** The text format of Prometheus 0.0.4, which every version understands. */
    TEXT("text/plain; version=0.0.4; charset=utf-8"),
    /** OpenMetrics 1.0.0, the one of the two that has exemplars. */
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private static final String OPEN_METRICS_RANGE = "application/openmetrics-text";
    private static final String OPEN_METRICS_VERSION = "1.0.0";

    /** In the order of precedence (RFC 9110, 12.5.1). */
    private static final String[] TEXT_RANGES = {"text/plain", "text/*", "*/*"};

    private static final Pattern QUALITY = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");
    private static final Pattern PARAMETER = Pattern.compile("\\s*([^=\\s]+)\\s*=\\s*\"?([^\"\\s]*)\"?\\s*");
    private static final double NOT_NAMED = -1;

    private final String contentType;

    MetricsFormat(String contentType) {
        this.contentType = contentType;
    }

    /** As HTTP names it. */
    public String contentType() {
        return contentType;
    }

    /**
     * The format that a scraper would have. OpenMetrics has to be named, and wanted at least as much as text: what takes
     * anything gets what was always sent, and so does what asks for neither.
     *
     * @param accept the value of the header {@code Accept}; empty if there is none. Ranges that are malformed count as not
     *     there
     */
    public static MetricsFormat wantedBy(String accept) {
        String[] ranges = accept.toLowerCase(Locale.ROOT).split(",", -1);
        double open = quality(ranges, OPEN_METRICS_RANGE);
        double text = NOT_NAMED;
        for (int i = 0; i < TEXT_RANGES.length && text == NOT_NAMED; i++) {
            text = quality(ranges, TEXT_RANGES[i]);
        }
        return open > 0 && open >= text ? OPEN_METRICS : TEXT;
    }

    /** The largest quality value with which a range of media types is named. */
    private static double quality(String[] ranges, String name) {
        double most = NOT_NAMED;
        for (String range : ranges) {
            String[] parts = range.split(";", -1);
            if (parts[0].strip().equals(name)) {
                most = Math.max(most, quality(parts, name.equals(OPEN_METRICS_RANGE)));
            }
        }
        return most;
    }

    /** @param versioned whether another version than {@link #OPEN_METRICS_VERSION} is another thing */
    private static double quality(String[] parts, boolean versioned) {
        double quality = 1;
        for (int i = 1; i < parts.length; i++) {
            Matcher parameter = PARAMETER.matcher(parts[i]);
            if (!parameter.matches()) {
                return NOT_NAMED;
            }
            String value = parameter.group(2);
            if (parameter.group(1).equals("q")) {
                if (!QUALITY.matcher(value).matches()) {
                    return NOT_NAMED;
                }
                quality = Double.parseDouble(value);
            } else if (versioned && parameter.group(1).equals("version") && !value.equals(OPEN_METRICS_VERSION)) {
                return NOT_NAMED;
            }
        }
        return quality;
    }
}
