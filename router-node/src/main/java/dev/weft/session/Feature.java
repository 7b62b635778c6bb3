package dev.weft.session;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The features of clients that change what the router does ("Feature Announcement"). */
public enum Feature {
    /** Announced as {@code call_canceling}; {@code call_cancelling} is accepted, too (reading G2). */
    CALLEE_CALL_CANCELING("callee", List.of("call_canceling", "call_cancelling")),
    /** Ends invocations in time by itself, if its registration asks for that. */
    CALLEE_CALL_TIMEOUT("callee", List.of("call_timeout")),
    /** Says when it is unavailable, so that another callee gets the call. */
    CALLEE_CALL_REROUTE("callee", List.of("call_reroute")),
    CALLEE_PROGRESSIVE_CALL_INVOCATIONS("callee", List.of("progressive_call_invocations")),
    CALLEE_PAYLOAD_PASSTHRU_MODE("callee", List.of("payload_passthru_mode")),
    CALLER_PROGRESSIVE_CALL_INVOCATIONS("caller", List.of("progressive_call_invocations")),
    CALLER_PAYLOAD_PASSTHRU_MODE("caller", List.of("payload_passthru_mode")),
    PUBLISHER_PAYLOAD_PASSTHRU_MODE("publisher", List.of("payload_passthru_mode")),
    /** The client understands UNREGISTERED for a request that it did not make. */
    CALLEE_REGISTRATION_REVOCATION("callee", List.of("registration_revocation")),
    /** The client understands UNSUBSCRIBED for a request that it did not make. */
    SUBSCRIBER_SUBSCRIPTION_REVOCATION("subscriber", List.of("subscription_revocation"));

    private final String role;
    private final List<String> flags;

    Feature(String role, List<String> flags) {
        this.role = role;
        this.flags = flags;
    }

    /** What is announced in {@code HELLO.Details.roles}; what is not understood there is passed over. */
    static Set<Feature> announced(Map<?, ?> roles) {
        EnumSet<Feature> announced = EnumSet.noneOf(Feature.class);
        for (Feature feature : values()) {
            if (feature.isIn(roles)) {
                announced.add(feature);
            }
        }
        return announced;
    }

    private boolean isIn(Map<?, ?> roles) {
        return roles.get(role) instanceof Map<?, ?> announced
                && announced.get("features") instanceof Map<?, ?> features
                && flags.stream().anyMatch(flag -> Boolean.TRUE.equals(features.get(flag)));
    }
}
