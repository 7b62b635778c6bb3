package dev.weft.config;

/** From which sites' pages a browser sends a cookie. */
public enum SameSite {
    STRICT("Strict"),
    LAX("Lax"),
    NONE("None");

    private final String attribute;

    SameSite(String attribute) {
        this.attribute = attribute;
    }

    /** As in {@code Set-Cookie}. */
    public String attribute() {
        return attribute;
    }
}
