package dev.weft.session;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the router announces in {@code WELCOME.Details.roles}: what it does, and nothing else. */
final class RouterRoles {
    static final Map<String, Object> ROLES = Map.of(
            "broker",
            features(
                    "publisher_exclusion",
                    "subscriber_blackwhite_listing",
                    "pattern_based_subscription",
                    "subscription_revocation"),
            "dealer",
            features(
                    "pattern_based_registration",
                    "shared_registration",
                    "registration_revocation",
                    "call_canceling",
                    "call_timeout",
                    "progressive_call_results"));

    private RouterRoles() {}

    private static Map<String, Object> features(String... flags) {
        Map<String, Object> features = new LinkedHashMap<>();
        for (String flag : flags) {
            features.put(flag, true);
        }
        return Map.of("features", features);
    }
}
