package dev.weft.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was accepted, and when, oldest first.
 *
 * @see Baseline#write
 */
record History(List<Acceptance> acceptances) {
    History {
        acceptances = List.copyOf(acceptances);
    }

    /**
     * What counted from one day on.
     *
     * @param figures of every benchmark there was, also those that were accepted before and not again
     */
    record Acceptance(String day, String reason, Map<String, Measured> figures) {
        Acceptance {
            figures = Collections.unmodifiableMap(new TreeMap<>(figures));
        }
    }

    /** @throws IOException if it cannot be read or is no history */
    static History read(Path file) throws IOException {
        List<Acceptance> acceptances = new ArrayList<>();
        Map<String, Measured> figures = new TreeMap<>();
        String day = "";
        String reason = "";
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] fields = line.split("\t", -1);
            if (fields.length != 6) {
                throw new IOException(file + " is no history: " + line);
            }
            boolean another = !(fields[0].equals(day) && fields[5].equals(reason));
            if (another && !figures.isEmpty()) {
                acceptances.add(new Acceptance(day, reason, figures));
            }
            day = fields[0];
            reason = fields[5];
            figures.put(fields[2], figures(file, line, fields));
        }
        if (!figures.isEmpty()) {
            acceptances.add(new Acceptance(day, reason, figures));
        }
        return new History(acceptances);
    }

    private static Measured figures(Path file, String line, String[] fields) throws IOException {
        try {
            return new Measured(Double.parseDouble(fields[3]), Double.parseDouble(fields[4]));
        } catch (NumberFormatException wrong) {
            throw new IOException(file + " is no history: " + line, wrong);
        }
    }
}
