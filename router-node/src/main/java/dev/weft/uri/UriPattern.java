package dev.weft.uri;

import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampUri;
import org.jspecify.annotations.Nullable;

/**
 * The set of URIs that a URI stands for under a match policy, and how such sets lie to each other. Immutable.
 *
 * <p>Questions about sets are answered by one member of the set that is as unlike all else as a member can be: wherever
 * the pattern leaves text free it has {@code #}, which no URI and no pattern contains. A pattern that matches this member
 * matches them all. (Sets are taken as if URIs could be of any length.)
 */
public final class UriPattern {
    private static final String FREE = "#";
    /** More components than a wildcard pattern can have. */
    private static final String FREE_TAIL = FREE + ("." + FREE).repeat(WampUri.MAX_COMPONENTS);

    private final MatchPolicy match;
    private final String uri;
    private final String member;

    /** @param uri valid for {@code match} */
    public UriPattern(MatchPolicy match, String uri) {
        this.match = match;
        this.uri = uri;
        this.member = member(match, uri);
    }

    public static UriPattern exact(String uri) {
        return new UriPattern(MatchPolicy.EXACT, uri);
    }

    public MatchPolicy match() {
        return match;
    }

    public String uri() {
        return uri;
    }

    /** Whether the URI is in the set. Allocates nothing. */
    public boolean matches(String concrete) {
        return switch (match) {
            case EXACT -> uri.equals(concrete);
            case PREFIX -> concrete.startsWith(uri);
            case WILDCARD -> WildcardShape.matches(uri, concrete);
        };
    }

    /** Whether every URI of {@code other} is one of this, too. */
    public boolean contains(UriPattern other) {
        return matches(other.member);
    }

    /** A member of the set that no other pattern matches unless it contains the whole set. It is no URI for clients. */
    public String anyMember() {
        return member;
    }

    /** As {@link #anyMember()}, of the URIs that are in both sets; null if there are none. */
    public @Nullable String anyCommonMember(UriPattern other) {
        if (match == MatchPolicy.EXACT) {
            return other.matches(uri) ? uri : null;
        }
        if (other.match == MatchPolicy.EXACT) {
            return matches(other.uri) ? other.uri : null;
        }
        if (match == MatchPolicy.PREFIX) {
            return other.match == MatchPolicy.PREFIX ? ofPrefixes(this, other) : ofBoth(uri, other.uri);
        }
        return other.match == MatchPolicy.PREFIX ? ofBoth(other.uri, uri) : ofWildcards(uri, other.uri);
    }

    private static String member(MatchPolicy match, String uri) {
        return switch (match) {
            case EXACT -> uri;
            case PREFIX -> uri + FREE_TAIL;
            case WILDCARD -> filled(uri.split("\\.", -1));
        };
    }

    private static String filled(String[] components) {
        for (int i = 0; i < components.length; i++) {
            if (components[i].isEmpty()) {
                components[i] = FREE;
            }
        }
        return String.join(".", components);
    }

    private static @Nullable String ofPrefixes(UriPattern a, UriPattern b) {
        if (a.uri.startsWith(b.uri)) {
            return a.member;
        }
        return b.uri.startsWith(a.uri) ? b.member : null;
    }

    /** The last component of a prefix may go on; what comes before has to be the wildcard pattern's. */
    private static @Nullable String ofBoth(String prefix, String wildcard) {
        String[] begun = prefix.split("\\.", -1);
        String[] components = wildcard.split("\\.", -1);
        int last = begun.length - 1;
        if (last >= components.length) {
            return null;
        }
        for (int i = 0; i < last; i++) {
            if (components[i].isEmpty()) {
                components[i] = begun[i];
            } else if (!components[i].equals(begun[i])) {
                return null;
            }
        }
        if (components[last].isEmpty()) {
            components[last] = begun[last] + FREE;
        } else if (!components[last].startsWith(begun[last])) {
            return null;
        }
        return filled(components);
    }

    private static @Nullable String ofWildcards(String a, String b) {
        String[] common = a.split("\\.", -1);
        String[] others = b.split("\\.", -1);
        if (common.length != others.length) {
            return null;
        }
        for (int i = 0; i < common.length; i++) {
            if (common[i].isEmpty()) {
                common[i] = others[i];
            } else if (!others[i].isEmpty() && !others[i].equals(common[i])) {
                return null;
            }
        }
        return filled(common);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UriPattern pattern && match == pattern.match && uri.equals(pattern.uri);
    }

    @Override
    public int hashCode() {
        return 31 * match.hashCode() + uri.hashCode();
    }

    /** As people write it: {@code prefix "com.example."}. */
    @Override
    public String toString() {
        return match.text() + " \"" + uri + '"';
    }
}
