package dev.weft.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${NAME}} and {@code ${NAME:default}} in the values of a file by environment variables. */
final class Placeholders {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?:(:)([^}]*))?\\}|\\$\\{");

    private final Map<String, String> environment;
    private final Problems problems;

    Placeholders(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** The text with every placeholder replaced; {@code $${} stands for {@code ${}. What cannot be replaced is a problem. */
    String expand(String text, Origin origin, String path) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(replacement(matcher, origin, path)));
        }
        return matcher.appendTail(expanded).toString();
    }

    private String replacement(Matcher matcher, Origin origin, String path) {
        if (matcher.group().equals("$${")) {
            return "${";
        }
        String name = matcher.group(1);
        if (name == null) {
            problems.error(
                    origin, path, "'${' does not begin a placeholder", "write ${NAME}, or $${ for the characters");
            return "";
        }
        String value = environment.get(name);
        if (value != null) {
            return value;
        }
        if (matcher.group(2) == null) {
            problems.error(
                    origin,
                    path,
                    "the environment variable " + name + " is not set",
                    "set it, or write ${" + name + ":default}");
            return "";
        }
        return matcher.group(3);
    }
}
