package dev.weft.config;

import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampUri;

/** What has to be right in the name of a realm, and in one of which others are made. */
final class OnDemandChecks {
    private OnDemandChecks() {}

    static void realm(RealmConfig realm, Place place, Problems problems) {
        OnDemandConfig made = realm.onDemand();
        if (made == null) {
            if (!WampUri.isValid(realm.uri(), false, MatchPolicy.EXACT)) {
                String words = "'" + realm.uri() + "' is no URI: components that are not empty, joined by dots";
                problems.error(place.originOf("uri"), place.pathOf("uri"), words);
            }
            return;
        }
        names(realm, made, place, problems);
        DynamicAuthConfig dynamic = realm.auth().dynamic();
        if (realm.auth().methods().contains(AuthMethod.ANONYMOUS) && !made.allowAnonymous()) {
            problems.error(
                    place.originOf("on-demand"),
                    place.pathOf("on-demand"),
                    "anyone who can connect would make realms, because the methods have anonymous",
                    "allow-anonymous: true if that is meant");
        }
        if (dynamic != null && dynamic.realm().isEmpty()) {
            problems.error(
                    place.originOf("auth"),
                    place.pathOf("auth.dynamic.realm"),
                    "missing: who authenticates the first client cannot be in a realm that is not there yet");
        }
        for (String key : new String[] {"history", "retain"}) {
            if (place.has(key)) {
                problems.error(
                        place.originOf(key),
                        place.pathOf(key),
                        "not in realms on demand: what they keep goes with them, so they keep nothing");
            }
        }
    }

    private static void names(RealmConfig realm, OnDemandConfig made, Place place, Problems problems) {
        if (made.match() == MatchPolicy.EXACT) {
            problems.error(
                    place.originOf("on-demand"), place.pathOf("on-demand.match"), "has to be prefix or wildcard");
        } else if (!WampUri.isValid(realm.uri(), false, made.match())) {
            problems.error(
                    place.originOf("uri"),
                    place.pathOf("uri"),
                    "'" + realm.uri() + "' is no URI for match: " + made.match().text());
        } else if (WampUri.isReserved(realm.uri())) {
            problems.error(place.originOf("uri"), place.pathOf("uri"), "the names are the router's own");
        }
    }
}
