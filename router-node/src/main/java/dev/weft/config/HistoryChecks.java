package dev.weft.config;

import dev.weft.uri.UriPattern;
import dev.weft.wamp.WampUri;
import java.util.HashMap;
import java.util.Map;

/** What has to be right about the topics and patterns whose events are kept. */
final class HistoryChecks {
    private HistoryChecks() {}

    static void history(HistoryConfig history, Place place, Problems problems) {
        if (!WampUri.isValid(history.uri(), false, history.match())) {
            problems.error(
                    place.originOf("uri"),
                    place.pathOf("uri"),
                    "'" + history.uri() + "' is no URI for match: "
                            + history.match().text(),
                    "match: prefix is for all URIs that begin with it, wildcard for any component where one is empty");
        } else if (WampUri.isReserved(history.uri())) {
            problems.error(
                    place.originOf("uri"),
                    place.pathOf("uri"),
                    "the router's own events are not kept, and nobody else publishes to '" + history.uri() + "'");
        }
    }

    static void realm(RealmConfig realm, Place place, Problems problems) {
        Map<UriPattern, Integer> seen = new HashMap<>();
        for (int i = 0; i < realm.history().size(); i++) {
            HistoryConfig history = realm.history().get(i);
            Integer earlier = seen.putIfAbsent(new UriPattern(history.match(), history.uri()), i);
            if (earlier != null) {
                problems.error(
                        place.originOf("history"),
                        place.pathOf("history[" + i + "]"),
                        "is the same as history[" + earlier + "]");
            }
            boolean valid = WampUri.isValid(history.uri(), false, history.match());
            boolean strict = realm.uriCheck() == UriCheck.STRICT;
            if (valid && strict && !WampUri.isValid(history.uri(), true, history.match())) {
                problems.error(
                        place.originOf("history"),
                        place.pathOf("history[" + i + "].uri"),
                        "nobody can subscribe to '" + history.uri() + "' with uri-check: strict");
            }
        }
    }
}
