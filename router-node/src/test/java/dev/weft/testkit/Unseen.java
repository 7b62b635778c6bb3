package dev.weft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** Secrets, and the search for them in what was printed. Thread-confined. */
public final class Unseen {
    /** A piece this long is not there by accident, and a secret that was cut off is found by it. */
    private static final int PIECE = 12;

    private final Map<String, String> names = new LinkedHashMap<>();

    /** @param name what a failure calls it */
    public Unseen add(String name, String secret) {
        names.put(secret, name);
        return this;
    }

    /** Fails with the names of the secrets of which the text has the beginning or the end. */
    public void isUnseenIn(String printed) {
        TreeSet<String> seen = new TreeSet<>();
        names.forEach((secret, name) -> {
            if (isIn(printed, secret)) {
                seen.add(name);
            }
        });
        assertThat(seen).as("secrets in\n%s", around(printed, seen)).isEmpty();
    }

    private static boolean isIn(String printed, String secret) {
        int piece = Math.min(PIECE, secret.length());
        return printed.contains(secret.substring(0, piece))
                || printed.contains(secret.substring(secret.length() - piece));
    }

    /** The lines that failed, and no more: what was printed may be megabytes. */
    private String around(String printed, TreeSet<String> seen) {
        StringBuilder lines = new StringBuilder();
        names.entrySet().stream()
                .filter(secret -> seen.contains(secret.getValue()))
                .forEach(secret -> printed.lines()
                        .filter(line -> isIn(line, secret.getKey()))
                        .limit(3)
                        .forEach(line -> lines.append(line).append('\n')));
        return lines.toString();
    }
}
