package dev.weft.config;

import dev.weft.uri.UriPattern;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampUri;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which configuration a realm has: the one with its name, else the first on demand that is for its name. Immutable. */
public final class RealmCatalog {
    private record OnDemand(UriPattern pattern, RealmConfig realm) {}

    private final Map<String, RealmConfig> named = new HashMap<>();
    private final List<OnDemand> onDemand;

    public RealmCatalog(List<RealmConfig> realms) {
        realms.stream().filter(realm -> realm.onDemand() == null).forEach(realm -> named.put(realm.uri(), realm));
        onDemand = realms.stream()
                .filter(realm -> realm.onDemand() != null)
                .map(realm -> new OnDemand(pattern(realm), realm))
                .toList();
    }

    private static UriPattern pattern(RealmConfig realm) {
        OnDemandConfig made = realm.onDemand();
        return new UriPattern(made == null ? MatchPolicy.EXACT : made.match(), realm.uri());
    }

    /** Those that are there from the start. */
    public List<RealmConfig> named() {
        return List.copyOf(named.values());
    }

    /** Null if there is no such realm, and none is made. */
    public @Nullable RealmConfig find(String uri) {
        RealmConfig realm = named.get(uri);
        return realm != null ? realm : findOnDemand(uri);
    }

    /** As {@link #find}, of those that are made when the first client joins. */
    public @Nullable RealmConfig findOnDemand(String uri) {
        if (named.containsKey(uri) || WampUri.isReserved(uri)) {
            return null;
        }
        for (OnDemand each : onDemand) {
            boolean strict = each.realm.uriCheck() == UriCheck.STRICT;
            if (each.pattern.matches(uri) && WampUri.isValid(uri, strict, MatchPolicy.EXACT)) {
                return each.realm;
            }
        }
        return null;
    }

    /** Whether any realm is made on demand. */
    public boolean makesRealms() {
        return !onDemand.isEmpty();
    }
}
