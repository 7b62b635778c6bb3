package dev.weft.uri;

import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@link PatternIndex} should do, in the plainest words: try every pattern. */
final class NaivePatterns {
    record Pattern(MatchPolicy match, String uri) implements Comparable<Pattern> {
        private static final Comparator<Pattern> ORDER =
                Comparator.comparing(Pattern::match).thenComparing(Pattern::uri);

        @Override
        public int compareTo(Pattern other) {
            return ORDER.compare(this, other);
        }

        boolean matches(String concrete) {
            return switch (match) {
                case EXACT -> uri.equals(concrete);
                case PREFIX -> concrete.startsWith(uri);
                case WILDCARD -> componentsMatch(components(uri), components(concrete));
            };
        }

        private static boolean componentsMatch(List<String> pattern, List<String> concrete) {
            if (pattern.size() != concrete.size()) {
                return false;
            }
            for (int i = 0; i < pattern.size(); i++) {
                if (!pattern.get(i).isEmpty() && !pattern.get(i).equals(concrete.get(i))) {
                    return false;
                }
            }
            return true;
        }

        static List<String> components(String uri) {
            return List.of(uri.split("\\.", -1));
        }
    }

    private final Map<Pattern, Pattern> entries = new TreeMap<>();

    void add(Pattern pattern) {
        entries.putIfAbsent(pattern, pattern);
    }

    @Nullable
    Pattern remove(Pattern pattern) {
        return entries.remove(pattern);
    }

    int size() {
        return entries.size();
    }

    List<Pattern> all() {
        return new ArrayList<>(entries.values());
    }

    List<Pattern> matchAll(String uri) {
        return entries.values().stream().filter(entry -> entry.matches(uri)).toList();
    }

    @Nullable
    Pattern matchBest(String uri) {
        return matchAll(uri).stream().min(NaivePatterns::better).orElse(null);
    }

    private static int better(Pattern a, Pattern b) {
        if (a.match() != b.match()) {
            return a.match().compareTo(b.match());
        }
        if (a.match() == MatchPolicy.PREFIX) {
            return b.uri().length() - a.uri().length();
        }
        List<String> left = Pattern.components(a.uri());
        List<String> right = Pattern.components(b.uri());
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i).isEmpty() != right.get(i).isEmpty()) {
                return left.get(i).isEmpty() ? 1 : -1;
            }
        }
        return 0;
    }
}
