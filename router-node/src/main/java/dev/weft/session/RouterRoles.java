package dev.weft.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the router announces in {@code WELCOME.Details.roles}: what it does in a realm, and nothing else. */
final class RouterRoles {
    private static final List<String> BROKER = List.of(
            "publisher_exclusion",
            "subscriber_blackwhite_listing",
            "pattern_based_subscription",
            "subscription_revocation");
    private static final List<String> DEALER = List.of(
            "pattern_based_registration",
            "shared_registration",
            "registration_revocation",
            "call_canceling",
            "call_timeout",
            "progressive_call_results",
            "testament_meta_api");
    /** The specification wants it of both roles. */
    private static final List<String> META = List.of("session_meta_api");

    private static final Map<String, Object> SILENT = roles(List.of(), List.of());
    private static final Map<String, Object> TELLING = roles(META, META);

    private RouterRoles() {}

    /** @param tellsOfSessions whether clients of the realm have the meta API */
    static Map<String, Object> of(boolean tellsOfSessions) {
        return tellsOfSessions ? TELLING : SILENT;
    }

    private static Map<String, Object> roles(List<String> moreOfBroker, List<String> moreOfDealer) {
        return Map.of("broker", features(BROKER, moreOfBroker), "dealer", features(DEALER, moreOfDealer));
    }

    private static Map<String, Object> features(List<String> always, List<String> more) {
        Map<String, Object> features = new LinkedHashMap<>();
        always.forEach(flag -> features.put(flag, true));
        more.forEach(flag -> features.put(flag, true));
        return Map.of("features", features);
    }
}
