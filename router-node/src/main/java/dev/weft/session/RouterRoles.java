package dev.weft.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the router announces in {@code WELCOME.Details.roles}: what it does in a realm, and nothing else. */
final class RouterRoles {
    private static final List<String> BROKER = List.of(
            "publisher_exclusion",
            "payload_passthru_mode",
            "subscriber_blackwhite_listing",
            "pattern_based_subscription",
            "subscription_revocation",
            "event_retention");
    private static final List<String> DEALER = List.of(
            "pattern_based_registration",
            "shared_registration",
            "registration_revocation",
            "call_canceling",
            "call_timeout",
            "call_reroute",
            "progressive_call_results",
            "progressive_call_invocations",
            "payload_passthru_mode",
            "testament_meta_api");
    /** The session meta API is to be announced by both roles. */
    private static final List<String> BROKER_META = List.of("session_meta_api", "subscription_meta_api");

    private static final List<String> DEALER_META = List.of("session_meta_api", "registration_meta_api");

    private RouterRoles() {}

    static Map<String, Object> of(Realms.Entrance realm) {
        List<String> broker = new ArrayList<>(BROKER);
        List<String> dealer = new ArrayList<>(DEALER);
        if (realm.tellsOfSessions()) {
            broker.addAll(BROKER_META);
            dealer.addAll(DEALER_META);
        }
        if (realm.keepsHistory()) {
            broker.add("event_history");
        }
        if (realm.disclosure().discloses()) {
            broker.add("publisher_identification");
            dealer.add("caller_identification");
        }
        if (realm.disclosure().assignsTrustLevels()) {
            broker.add("publication_trustlevels");
            dealer.add("call_trustlevels");
        }
        return Map.of("broker", features(broker), "dealer", features(dealer));
    }

    private static Map<String, Object> features(List<String> flags) {
        Map<String, Object> features = new LinkedHashMap<>();
        flags.forEach(flag -> features.put(flag, true));
        return Map.of("features", features);
    }
}
