package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** Which callee of a shared registration gets a call ("Shared Registrations"). */
public enum InvocationPolicy {
    SINGLE("single"),
    ROUNDROBIN("roundrobin"),
    RANDOM("random"),
    FIRST("first"),
    LAST("last");

    private final String text;

    InvocationPolicy(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static @Nullable InvocationPolicy of(String text) {
        for (InvocationPolicy policy : values()) {
            if (policy.text.equals(text)) {
                return policy;
            }
        }
        return null;
    }
}
