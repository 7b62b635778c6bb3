package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** What a CANCEL does to the callee and the caller ("Call Canceling"). */
public enum CancelMode {
    SKIP("skip"),
    KILL("kill"),
    KILLNOWAIT("killnowait");

    private final String text;

    CancelMode(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static @Nullable CancelMode of(String text) {
        for (CancelMode mode : values()) {
            if (mode.text.equals(text)) {
                return mode;
            }
        }
        return null;
    }
}
