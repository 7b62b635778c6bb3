package dev.weft.authorization;

import java.util.Locale;

/** What a session may be allowed to do with a URI ("Authorization"). */
public enum Action {
    CALL("procedure"),
    REGISTER("procedure"),
    PUBLISH("topic"),
    SUBSCRIBE("topic");

    private final String object;

    Action(String object) {
        this.object = object;
    }

    /** As the configuration and people write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the URI names: a procedure or a topic. */
    public String object() {
        return object;
    }
}
