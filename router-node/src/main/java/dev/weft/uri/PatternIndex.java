package dev.weft.uri;

import dev.weft.wamp.MatchPolicy;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the subscriptions or registrations that a URI matches ("Pattern-based Subscription", "Pattern-based
 * Registrations" of the WAMP specification). There is at most one entry for each match policy and URI.
 *
 * <p>A prefix is a plain string prefix and may be empty; an empty component of a wildcard pattern stands for exactly
 * one component. A URI that is matched is taken to be valid, so without empty components.
 *
 * <p>Threads: any number of readers, without locks and, with a {@link Matches} of their own, without allocation;
 * writers take turns. A reader sees an entry from the moment its {@code computeIfAbsent} returns until its
 * {@code remove} begins; what is added or removed during a match may or may not be found.
 *
 * @param <T> the entry, such as a subscription
 */
public final class PatternIndex<T> {
    private final UriTable<T> exact = new UriTable<>((stored, uri, length) -> stored.equals(uri));
    private final PrefixPatterns<T> prefixes = new PrefixPatterns<>();
    private final WildcardPatterns<T> wildcards = new WildcardPatterns<>();

    /** The entry of this policy and this very pattern, without matching. */
    public @Nullable T get(MatchPolicy match, String uri) {
        return switch (match) {
            case EXACT -> exact.get(exactHash(uri), uri);
            case PREFIX -> prefixes.get(uri);
            case WILDCARD -> wildcards.get(uri);
        };
    }

    /**
     * The entry of this policy and this very pattern, made if there is none.
     *
     * @param create called at most once, while other writers wait; must not write to this index
     */
    public synchronized T computeIfAbsent(MatchPolicy match, String uri, Supplier<? extends T> create) {
        T present = get(match, uri);
        if (present != null) {
            return present;
        }
        T entry = create.get();
        switch (match) {
            case EXACT -> exact.add(exactHash(uri), uri, entry);
            case PREFIX -> prefixes.add(uri, entry);
            case WILDCARD -> wildcards.add(uri, entry);
        }
        return entry;
    }

    /** @return what was removed, null if there was nothing */
    public synchronized @Nullable T remove(MatchPolicy match, String uri) {
        return switch (match) {
            case EXACT -> exact.remove(exactHash(uri), uri);
            case PREFIX -> prefixes.remove(uri);
            case WILDCARD -> wildcards.remove(uri);
        };
    }

    private static int exactHash(String uri) {
        return UriHash.finish(UriHash.of(uri));
    }

    /** Of all policies. */
    public int size() {
        return exact.size() + prefixes.size() + wildcards.size();
    }

    public int size(MatchPolicy match) {
        return switch (match) {
            case EXACT -> exact.size();
            case PREFIX -> prefixes.size();
            case WILDCARD -> wildcards.size();
        };
    }

    /** Calls with the pattern and the entry; weakly consistent with concurrent writers. */
    public void forEach(BiConsumer<? super String, ? super T> action) {
        exact.forEach(action);
        prefixes.forEach(action);
        wildcards.forEach(action);
    }

    /**
     * Everything that an event on this topic is due to.
     *
     * @param found cleared, then given the exact match, then every prefix, then every wildcard pattern that matches
     */
    public void matchAll(String uri, Matches<T> found) {
        if (wildcards.size() > 0) {
            found.beginWithComponents(uri);
        } else {
            found.begin(uri);
        }
        T same = exact.match(found.hashOfPrefix(uri.length()), uri, uri.length());
        if (same != null) {
            found.add(same);
        }
        prefixes.matchAll(found);
        wildcards.matchAll(found);
    }

    /**
     * The one entry that a call of this procedure goes to: the exact one, else the longest prefix, else the wildcard
     * pattern whose concrete components reach furthest, compared from the left.
     *
     * @param scratch its matches are cleared
     */
    public @Nullable T matchBest(String uri, Matches<T> scratch) {
        scratch.begin(uri);
        T same = exact.match(scratch.hashOfPrefix(uri.length()), uri, uri.length());
        if (same != null) {
            return same;
        }
        T longest = prefixes.matchBest(scratch);
        return longest != null ? longest : wildcards.matchBest(scratch);
    }
}
