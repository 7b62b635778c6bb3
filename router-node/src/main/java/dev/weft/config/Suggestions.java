package dev.weft.config;

import java.util.Collection;
import java.util.Comparator;

/** Guesses what was meant by a misspelt word. */
final class Suggestions {
    private Suggestions() {}

    /** "did you mean ...?" with the nearest of the words, or an empty text if none is near. */
    static String didYouMean(String written, Collection<String> words) {
        String wanted = ConfigKey.normalised(written);
        return words.stream()
                .filter(word -> distance(wanted, ConfigKey.normalised(word)) <= Math.max(1, wanted.length() / 3))
                .min(Comparator.comparingInt(word -> distance(wanted, ConfigKey.normalised(word))))
                .map(word -> "did you mean '" + word + "'?")
                .orElse("");
    }

    /** How many letters have to be added, removed, replaced or swapped with their neighbour. */
    static int distance(String a, String b) {
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    current[j] = Math.min(current[j], 1 + beforePrevious[j - 2]);
                }
            }
            beforePrevious = previous;
            previous = current;
        }
        return previous[b.length()];
    }
}
