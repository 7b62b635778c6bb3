package dev.weft.config;

import java.util.Locale;

/**
 * Something wrong, or worth saying, about a configuration.
 *
 * @param severity whether it stops the start
 * @param source the file as it was named, or the variable or flag
 * @param line counted from 1; 0 if the source has no lines
 * @param column counted from 1; 0 if the source has no lines
 * @param path the key, such as {@code realms[0].uri}; empty if it concerns the source as a whole
 * @param message what is wrong
 * @param hint what to do; empty if the message says it all
 */
public record ConfigProblem(
        Severity severity, String source, int line, int column, String path, String message, String hint) {

    /** Whether a problem stops the start. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** The problem on one line, in the form that editors and CI systems recognise. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(source);
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        text.append(": ").append(severity.name().toLowerCase(Locale.ROOT)).append(": ");
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        text.append(message);
        if (!hint.isEmpty()) {
            text.append(" (").append(hint).append(')');
        }
        return text.toString();
    }
}
