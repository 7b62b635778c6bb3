package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** How a subscription or registration matches URIs ("Pattern-based Subscriptions", "Pattern-based Registrations"). */
public enum MatchPolicy {
    EXACT("exact"),
    /** A plain string prefix, not bound to component borders (reading G1). */
    PREFIX("prefix"),
    /** An empty component matches exactly one arbitrary component. */
    WILDCARD("wildcard");

    private final String text;

    MatchPolicy(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static @Nullable MatchPolicy of(String text) {
        for (MatchPolicy policy : values()) {
            if (policy.text.equals(text)) {
                return policy;
            }
        }
        return null;
    }
}
