package dev.weft.wamp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text of clients for people to read. Some characters do not show, but do something to a terminal or a log: control
 * characters of ASCII and Latin-1, line ends, and what turns the direction of writing, so that a line reads as another.
 */
public final class PrintableText {
    /** One such character. */
    public static final String UNPRINTABLE =
            "[\\x00-\\x1F\\x7F-\\x9F\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]";

    private static final Pattern PATTERN = Pattern.compile(UNPRINTABLE);

    private PrintableText() {}

    /** Whether there is no such character in it. */
    public static boolean is(String text) {
        return !PATTERN.matcher(text).find();
    }

    /** The same, such characters written as JSON writes them: {@code \\u001b}. */
    public static String of(String text) {
        Matcher found = PATTERN.matcher(text);
        return found.find()
                ? found.replaceAll(
                        one -> String.format("\\\\u%04x", (int) one.group().charAt(0)))
                : text;
    }
}
