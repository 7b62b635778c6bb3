package dev.weft.load.scenario;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times as they are written: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 12h}. */
public final class Durations {
    public static final String FORM = "a time such as 500ms, 10s, 5m or 12h";

    private Durations() {}

    /** @throws IllegalArgumentException it is not of the form {@link #FORM} */
    public static Duration parse(String text) {
        try {
            if (text.matches("\\d{1,9}ms")) {
                return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
            }
            Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("expected " + FORM + ", found '" + text + "'", wrong);
        }
        throw new IllegalArgumentException("expected " + FORM + ", found '" + text + "'");
    }
}
