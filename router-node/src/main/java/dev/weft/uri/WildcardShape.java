package dev.weft.uri;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The wildcard patterns that have the same number of components and are empty in the same places. At most one of them
 * matches a given URI, and one probe finds it.
 */
final class WildcardShape<T> {
    /**
     * The better shape first: a concrete component beats a wildcard at the first difference from the left
     * ("Calls matching multiple registrations"). Total among shapes with the same number of components.
     */
    static final Comparator<WildcardShape<?>> BEST_FIRST = (a, b) -> Arrays.compare(a.wild, b.wild);

    private final boolean[] wild;
    private final UriTable<T> patterns = new UriTable<>((pattern, uri, length) -> matches(pattern, uri));

    private WildcardShape(boolean[] wild) {
        this.wild = wild;
    }

    static <T> WildcardShape<T> of(String pattern) {
        String[] components = pattern.split("\\.", -1);
        boolean[] wild = new boolean[components.length];
        for (int i = 0; i < wild.length; i++) {
            wild[i] = components[i].isEmpty();
        }
        return new WildcardShape<>(wild);
    }

    int componentCount() {
        return wild.length;
    }

    boolean[] wild() {
        return wild;
    }

    UriTable<T> patterns() {
        return patterns;
    }

    /** Whether the URI has the pattern's components, and any one component where the pattern's is empty. */
    static boolean matches(String pattern, String uri) {
        int at = 0;
        int start = 0;
        while (true) {
            int patternEnd = endOfComponent(pattern, at);
            int uriEnd = endOfComponent(uri, start);
            int length = patternEnd - at;
            if (length > 0 && (length != uriEnd - start || !pattern.regionMatches(at, uri, start, length))) {
                return false;
            }
            boolean patternDone = patternEnd == pattern.length();
            if (patternDone || uriEnd == uri.length()) {
                return patternDone && uriEnd == uri.length();
            }
            at = patternEnd + 1;
            start = uriEnd + 1;
        }
    }

    private static int endOfComponent(String text, int from) {
        int dot = text.indexOf('.', from);
        return dot < 0 ? text.length() : dot;
    }
}
